import { breakingChanges } from './compare-documents.ts';
import type { ApiDocument, Operation } from './document.ts';

const path = '/things/{id}';

function document(): ApiDocument {
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1.0.0' },
    paths: {
      [path]: {
        post: {
          operationId: 'make_thing',
          security: [],
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'view', in: 'query', schema: { type: 'string', enum: ['all', 'report'] } },
            { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
          ],
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/MakeThing' } } } },
          responses: {
            '200': {
              headers: { Location: { schema: { type: 'string' } } },
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        MakeThing: {
          type: 'object',
          properties: {
            name: { type: 'string', maxLength: 10 },
            size: { type: ['number', 'null'] },
            kinds: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
            part: { anyOf: [{ $ref: '#/components/schemas/Part' }, { type: 'null' }] },
          },
          required: ['name'],
          additionalProperties: false,
        },
        Part: { type: 'object', properties: { deep: { type: 'string' } }, additionalProperties: false },
        Thing: {
          type: 'object',
          properties: {
            id: { type: 'string' },
            state: { type: 'string', enum: ['open', 'done'] },
            part: { $ref: '#/components/schemas/Part' },
            inner: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
          },
          required: ['id', 'state'],
          additionalProperties: false,
        },
      },
    },
  };
}

/** The document after a change, as a stranger would make it. */
function changed(
  change: (parts: { document: ApiDocument; operation: Operation; schemas: Schemas }) => void,
): ApiDocument {
  const after = document();
  const operation = after.paths[path]?.post;
  if (!operation) throw new Error('The document lost its operation.');
  change({ document: after, operation, schemas: after.components.schemas as unknown as Schemas });
  return after;
}
// eslint-style looseness is wanted here: a canary may break anything.
type Loose = { [word: string]: Loose } & { type?: unknown; enum?: unknown; required?: unknown };
type Schemas = Record<'MakeThing' | 'Thing' | 'Part', Loose>;

describe('changes of the document that break a client', () => {
  const breaks: [string, Parameters<typeof changed>[0], string][] = [
    ['a path that is gone', ({ document }) => (document.paths = {}), 'POST /things/{id} is gone'],
    [
      'an operation with another name',
      ({ operation }) => (operation.operationId = 'create'),
      'operationId make_thing is gone',
    ],
    ['a key that is needed', ({ operation }) => (operation.security = [{ bearer: [] }]), 'a key is needed now'],
    ['a parameter that is gone', ({ operation }) => operation.parameters?.splice(1, 1), 'parameter view is gone'],
    [
      'a parameter that is required',
      ({ operation }) => Object.assign(operation.parameters?.[1] ?? {}, { required: true }),
      'parameter view is required now',
    ],
    [
      'a new parameter that is required',
      ({ operation }) => operation.parameters?.push({ name: 'new', in: 'query', required: true }),
      'parameter new is new and required',
    ],
    [
      'a value of a parameter that is no longer taken',
      ({ operation }) => Object.assign(operation.parameters?.[1]?.schema ?? {}, { enum: ['all'] }),
      'view no longer takes "report"',
    ],
    [
      'a lower maximum of a parameter',
      ({ operation }) => Object.assign(operation.parameters?.[2]?.schema ?? {}, { maximum: 50 }),
      'page is narrower by maximum',
    ],
    [
      'a content type that is no longer taken',
      ({ operation }) => (operation.requestBody = { content: {} }),
      'the body is no longer taken as application/json',
    ],
    ['a status that is gone', ({ operation }) => (operation.responses = { '201': {} }), 'status 200 is gone'],
    [
      'a header that is gone',
      ({ operation }) => Object.assign(operation.responses['200'] ?? {}, { headers: {} }),
      'header Location of 200 is gone',
    ],
    [
      'a content type that is no longer sent',
      ({ operation }) => Object.assign(operation.responses['200'] ?? {}, { content: {} }),
      '200 is no longer application/json',
    ],
    [
      'a field that a request must have',
      ({ schemas }) => (schemas.MakeThing.required = ['name', 'size']),
      'body.size is required now',
    ],
    [
      'a field that a request may no longer have',
      ({ schemas }) => Reflect.deleteProperty(schemas.MakeThing['properties'] ?? {}, 'size'),
      'body.size is gone',
    ],
    [
      'a shorter string in a request',
      ({ schemas }) => Object.assign(schemas.MakeThing['properties']?.['name'] ?? {}, { maxLength: 5 }),
      'body.name is narrower by maxLength',
    ],
    [
      'a type that a request may no longer have',
      ({ schemas }) => Object.assign(schemas.MakeThing['properties']?.['size'] ?? {}, { type: 'number' }),
      'body.size no longer takes null',
    ],
    [
      'a value in a list of a request that is no longer taken',
      ({ schemas }) => Object.assign(schemas.MakeThing['properties']?.['kinds']?.['items'] ?? {}, { enum: ['a'] }),
      'body.kinds[] no longer takes "b"',
    ],
    [
      'an alternative that is no longer taken',
      ({ schemas }) => Object.assign(schemas.MakeThing['properties']?.['part'] ?? {}, { anyOf: [{ type: 'null' }] }),
      'body.part no longer takes Part',
    ],
    [
      'a field of an answer that is gone',
      ({ schemas }) => Reflect.deleteProperty(schemas.Thing['properties'] ?? {}, 'id'),
      '200.id is gone',
    ],
    [
      'a field of an answer that may be absent',
      ({ schemas }) => (schemas.Thing.required = ['id']),
      '200.state may be absent now',
    ],
    [
      'a field of an answer that may be null',
      ({ schemas }) => Object.assign(schemas.Thing['properties']?.['id'] ?? {}, { type: ['string', 'null'] }),
      '200.id may be null now',
    ],
    [
      'a value in an answer that was not to be expected',
      ({ schemas }) => Object.assign(schemas.Thing['properties']?.['state'] ?? {}, { enum: ['open', 'done', 'lost'] }),
      '200.state may be "lost" now',
    ],
    [
      'a field deep in an answer that is gone',
      ({ schemas }) => Object.assign(schemas.Part, { properties: { other: { type: 'string' } } }),
      '200.part.deep is gone',
    ],
  ];

  it.each(breaks)('%s', (_name, change, expected) => {
    const faults = breakingChanges(document(), changed(change));
    expect(faults.map((fault) => fault.replace('POST /things/{id}: ', ''))).toContain(expected);
  });

  it('are not those that a client need not notice', () => {
    const after = changed(({ document: all, operation, schemas }) => {
      all.paths['/more'] = { get: { operationId: 'more', responses: {} } };
      operation.parameters?.push({ name: 'new', in: 'query', schema: { type: 'string' } });
      operation.summary = 'Other words';
      Object.assign(schemas.MakeThing['properties'] ?? {}, { added: { type: 'string' } });
      Object.assign(schemas.MakeThing['properties']?.['kinds']?.['items'] ?? {}, { enum: ['a', 'b', 'c'] });
      Object.assign(schemas.MakeThing['properties']?.['name'] ?? {}, { maxLength: 20 });
      Object.assign(schemas.Thing['properties'] ?? {}, { added: { type: 'string' } });
      schemas.Thing.required = ['id', 'state', 'added'];
    });
    expect(breakingChanges(document(), after)).toEqual([]);
  });

  it('are none without a change', () => {
    expect(breakingChanges(document(), document())).toEqual([]);
  });
});
