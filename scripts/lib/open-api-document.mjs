import { importBuilt } from './repository.mjs';

/** Never connected to: Nest's preview mode makes no provider, it only learns the structure of the application. */
const nowhere = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  S3_ENDPOINT: 'http://127.0.0.1:1',
  S3_ACCESS_KEY: 'none',
  S3_SECRET_KEY: 'none',
};

/** docs/openapi.json: the document that the service serves at /openapi.json. */
export async function openApiDocumentText() {
  await import('reflect-metadata');
  const { NestFactory } = await import('@nestjs/core');
  const { readConfig } = await importBuilt('libs/platform/src/index.js');
  const { AppModule } = await importBuilt('apps/report-service/src/app.module.js');
  const { openApiDocument } = await importBuilt('apps/report-service/src/open-api/open-api-document.js');
  const app = await NestFactory.create(AppModule.forRoot(readConfig(nowhere)), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}
