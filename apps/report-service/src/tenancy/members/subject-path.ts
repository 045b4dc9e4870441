import { ApiParam } from '@nestjs/swagger';

/** Documents the path parameter that names a person. */
export const SubjectPath = (): MethodDecorator & ClassDecorator =>
  ApiParam({
    name: 'subject',
    description: '`sub` of the person’s tokens, percent-encoded.',
    // The module keeps no example that stands beside a schema, so it stands in it.
    schema: {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$',
      example: 'auth0|5f7c8ec7c33c6c004bbafe82',
    },
  });
