import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { APIErrorPayload, release } from '#platform';

/** The OpenAPI document, from controllers and DTOs; the texts are their doc comments. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('AIRT report service')
    .setDescription(
      'Turns stored AI red team results into a report: import a run, preflight the sections, build, poll, fetch the PDF. ' +
        'Every failure answers with the envelope `APIErrorPayload`, but the 422 of a build, which lists empty sections.',
    )
    .setVersion(release)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: `airt_…`.' })
    .addGlobalResponse({ status: 401, description: 'Authentication failed', type: APIErrorPayload })
    .addGlobalResponse({ status: 404, description: 'Not found', type: APIErrorPayload })
    .build();
  return SwaggerModule.createDocument(app, options, {
    operationIdFactory: (controller, method) => `${controller}_${method}`,
  });
}

/** Swagger UI at `/docs`, the document at `/openapi.json`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'AIRT report service',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
