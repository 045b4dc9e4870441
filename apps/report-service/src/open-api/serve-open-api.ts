import type { INestApplication } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { AppError } from '#contracts';
import { openApiDocument } from './open-api-document.ts';

/** Swagger UI at `/docs`, the document at `/openapi.json`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app) as unknown as OpenAPIObject, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'AIRT report service',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
  // Swagger's routes are of no controller; other methods on them meet the same answer as elsewhere.
  app.use(['/docs', '/openapi.json'], ({ path }: Request, _: Response, next: NextFunction) => {
    next(path === '/' ? new AppError('method_not_allowed', { headers: { Allow: 'GET' } }) : undefined);
  });
}
