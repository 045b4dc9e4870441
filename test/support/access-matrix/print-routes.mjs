// Prints what every route of the built application declares, as JSON. Nest's preview mode makes no provider.
import { pathToFileURL } from 'node:url';

const built = (path) => import(pathToFileURL(`${process.argv[2]}/${path}`).href);
await import('reflect-metadata');
const { ModulesContainer, NestFactory } = await import('@nestjs/core');
const { declaredRoutes, readConfig } = await built('libs/platform/src/index.js');
const { AppModule } = await built('apps/report-service/src/app.module.js');
const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', S3_ENDPOINT: 'http://127.0.0.1:1' };
const config = readConfig({ ...nowhere, S3_ACCESS_KEY: 'none', S3_SECRET_KEY: 'none' });
const app = await NestFactory.create(AppModule.forRoot(config), { preview: true, logger: false, abortOnError: false });
process.stdout.write(JSON.stringify(declaredRoutes(app.get(ModulesContainer))));
