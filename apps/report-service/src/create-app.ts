import { Logger as NestLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express, NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { requestLimits } from '#contracts';
import { addressIn, type BodyKind, type Config, expectBody, HttpServer, identify, requestGate } from '#platform';
import { AppModule } from './app.module.ts';
import { serveOpenApi } from './open-api/serve-open-api.ts';

/** The application as served: security headers, body parsing, error envelope, documentation. Not yet listening. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const { edge } = config;
  const adapter = new HttpServer({
    headersSeconds: edge.headersSeconds,
    requestSeconds: requestLimits.requestSeconds,
    connections: edge.connections,
  });
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config), adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // An answer with a signed URL is never the same; routes that can say "not modified" set their own tag.
  app.set('etag', false);
  if (edge.trustProxy === null) app.use(warnOfUnknownProxy());
  else trustProxies(app, edge.trustProxy);
  const refusals = new NestLogger('Request');
  app.use(
    identify((line, text) => {
      refusals.log(line, text);
    }),
  );
  app.use(
    helmet({
      crossOriginResourcePolicy: { policy: 'same-site' },
      // Served over plain HTTP on loopback too; TLS is the proxy's, and so is the upgrade to it.
      contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
      strictTransportSecurity: config.production,
    }),
  );
  // Answers hold confidential findings: nobody between us and the caller keeps them.
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  if (edge.corsOrigins.length > 0) allowOrigins(app, edge.corsOrigins);
  app.use(requestGate(edge.minClientVersion));
  app.use(expectBody(bodyKindOf, edge.bodySeconds));
  serveOpenApi(app);
  return app;
}

/** Nobody sees otherwise that all callers have one address, by which guesses of keys are counted. */
function warnOfUnknownProxy(): (request: Request, response: Response, next: NextFunction) => void {
  const logger = new NestLogger('Edge');
  let warned = false;
  return (request, _response, next) => {
    if (!warned && request.headers['x-forwarded-for'] !== undefined) {
      warned = true;
      logger.warn(
        'A request has X-Forwarded-For, and TRUST_PROXY is off: all callers behind that proxy count as one address.',
      );
    }
    next();
  };
}

/** Trusted proxies that write their addresses with a port or zone are those proxies all the same. */
function trustProxies(app: NestExpressApplication, proxies: number | readonly string[]): void {
  app.set('trust proxy', proxies);
  const express: Express = app.getHttpAdapter().getInstance();
  const trusts = express.get('trust proxy fn') as Trust;
  app.set('trust proxy', ((address, hop) => trusts(addressIn(address) ?? address, hop)) satisfies Trust);
}

type Trust = (address: string, hop: number) => boolean;

/**
 * Lets pages of the named origins use the API; without any, no other page can. Keys and tokens travel in a header, so
 * cookies and other credentials of the browser are never allowed.
 */
function allowOrigins(app: NestExpressApplication, origins: readonly string[]): void {
  // Also on the answer to an origin that is refused, of which the middleware says nothing.
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.vary('Origin');
    next();
  });
  app.enableCors({
    origin: (origin: string | undefined, answer: (error: null, allowed: boolean) => void) => {
      answer(null, origin !== undefined && origins.includes(origin));
    },
    methods: 'GET, POST, PATCH, DELETE',
    allowedHeaders:
      'Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Client-Version, X-File-Name, X-Request-Id',
    exposedHeaders: 'ETag, Idempotent-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
    maxAge: requestLimits.preflightSeconds,
  });
}

/** JSON for every route but uploads, whose body is the file itself and is read by nobody before its handler. */
function bodyKindOf({ method, path }: Request): BodyKind {
  if (method !== 'POST') return 'json';
  if (/\/imports\/?$/.test(path)) return 'file';
  return /\/branding\/logo\/?$/.test(path) ? 'picture' : 'json';
}
