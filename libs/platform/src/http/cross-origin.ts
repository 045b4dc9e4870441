import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { requestLimits } from '#contracts';

/** Headers of an answer that a page of another origin may read. */
const exposed = [
  'ETag',
  'Idempotent-Replayed',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
].join(', ');
const methods = 'GET, POST, PATCH, DELETE';
const headers = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-None-Match',
  'X-Client-Version',
  'X-File-Name',
  'X-Request-Id',
].join(', ');

/**
 * Lets pages of the named origins use the API; without any, no other page can. Keys and tokens travel in a header, so
 * cookies and other credentials of the browser are never allowed.
 */
export function crossOrigin(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return (request: Request, response: Response, next: NextFunction) => {
    if (allowed.size === 0) {
      next();
      return;
    }
    response.vary('Origin');
    const { origin } = request.headers;
    if (origin === undefined || !allowed.has(origin)) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
      response.setHeader('Access-Control-Expose-Headers', exposed);
      next();
      return;
    }
    // A preflight carries no key: what it asks is only whether the page may send the request at all.
    response.setHeader('Access-Control-Allow-Methods', methods);
    response.setHeader('Access-Control-Allow-Headers', headers);
    response.setHeader('Access-Control-Max-Age', String(requestLimits.preflightSeconds));
    response.status(204).end();
  };
}
