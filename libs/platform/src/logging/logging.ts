import type { Request } from 'express';
import type { Params } from 'nestjs-pino';
import { identifyRequest } from '../http/request-id.ts';
import { describeError } from './describe-error.ts';
import { refusedCredential } from './refused-credential.ts';

/** The slug of a project is a name that somebody gave it, and goes with the project; an id may stay. */
function pathForLog(url: string): string {
  const path = url.split('?')[0] ?? '';
  return path
    .replace(/(\/projects\/)(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/|$))[^/]+/i, '$1:project')
    .slice(0, 300);
}

/** Of a login, of a right, and for load: who it was is told, and nowhere else. */
const refusals: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * JSON lines. A request is its method, path and status: no query, header, body, key, URL signature or finding. Of a refused
 * login the address and the first letters of the key are told beside them.
 */
export function loggingParams(level: string): Params {
  return {
    pinoHttp: {
      level,
      genReqId: identifyRequest,
      customLogLevel: (_request, response, error) =>
        error !== undefined || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
      customSuccessObject: (request, response, line: object) =>
        refusals.has(response.statusCode) ? { ...line, refused: refusedCredential(request as Request) } : line,
      // Ours get the things themselves; the standard ones would copy every property of an error first.
      wrapSerializers: false,
      serializers: {
        req: (request: { id: unknown; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          path: pathForLog(request.url),
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
        err: describeError,
      },
    },
  };
}
