import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { APIErrorPayload, release } from '#platform';
import { completeDocument } from './complete-document.ts';
import type { ApiDocument } from './document.ts';
import { routesOf } from './routes.ts';
import { tags } from './tags.ts';

const description = `Turns stored AI red team results into a report: import a run, preflight the sections, build, poll, fetch the file.

Every failure answers with the envelope \`APIErrorPayload\`, but the 422 of a build, which lists empty sections. Each
operation names the scope that it requires: \`read\`, \`write\`, \`build\` or \`admin\`; \`admin\` holds the others. What belongs to
another organization is not found. Unknown fields of a request are refused. Times are ISO 8601 in UTC, ids are UUIDs.

Examples were recorded from the demo that \`npm start\` imports; long lists are cut to two entries, and no key in them opens
anything.`;

const license = { name: 'Apache License 2.0', identifier: 'Apache-2.0' };

const bearer = `An API key, \`airt_…\`, or, where the service is set up for an identity provider, its JWT, checked as
RFC8725 asks.`;

/** The OpenAPI 3.1 document: controllers and DTOs with their doc comments, made whole by what the code knows besides. */
export function openApiDocument(app: INestApplication): ApiDocument {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('AIRT report service')
    .setDescription(description.replace(/(?<!\n)\n(?!\n)/g, ' '))
    .setVersion(release)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: bearer.replace(/\n/g, ' ') })
    .build();
  const raw = SwaggerModule.createDocument(app, options, {
    extraModels: [APIErrorPayload],
    operationIdFactory: () => '',
  });
  const document = structuredClone(raw) as unknown as ApiDocument;
  document.info = { ...document.info, contact: { name: 'AIRT report service' }, license };
  document.servers = [
    { url: '/', description: 'This service, in production as on a local machine.', 'x-internal': false },
  ];
  document.tags = tags.filter(({ name }) => JSON.stringify(document.paths).includes(`"tags":["${name}"]`));
  completeDocument(document, routesOf(app));
  return document;
}
