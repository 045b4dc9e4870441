import type { Params } from 'nestjs-pino';
import { identifyRequest } from '../http/request-id.ts';
import { describeError } from './describe-error.ts';

/** JSON lines. A request is its method, path and status: no query, header, body, key, URL signature or finding. */
export function loggingParams(level: string): Params {
  return {
    pinoHttp: {
      level,
      genReqId: identifyRequest,
      customLogLevel: (_request, response, error) =>
        error !== undefined || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
      // Ours get the things themselves; the standard ones would copy every property of an error first.
      wrapSerializers: false,
      serializers: {
        req: (request: { id: unknown; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0]?.slice(0, 300),
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
        err: describeError,
      },
    },
  };
}
