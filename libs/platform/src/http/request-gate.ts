import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { AppError, requestLimits } from '#contracts';
import { identifyRequest } from './request-id.ts';

/** First of all: the request's id, on the answer and in the log, also of what is refused before the log sees it. */
export function identify(log: (line: object, text: string) => void): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const id = identifyRequest(request, response);
    response.once('finish', () => {
      // The request logger stands behind the body parsers, and hangs itself on the requests that reach it.
      if ((request as { log?: unknown }).log !== undefined) return;
      const { method, originalUrl: url } = request;
      const { statusCode } = response;
      const text = statusCode < 400 ? 'request served before the log' : 'request refused';
      log({ req: { id, method, url }, res: { statusCode } }, text);
    });
    next();
  };
}

/** Refuses what no route could understand, before anything is parsed. */
export function requestGate(minClientVersion: string | null): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    next(refusal(request, minClientVersion));
  };
}

function refusal(request: Request, minClientVersion: string | null): AppError | undefined {
  if (request.headers.host === undefined && request.httpVersion === '1.1') {
    return new AppError('malformed_request', { detail: 'An HTTP/1.1 request needs a Host header.' });
  }
  if (isTooOld(request.headers['x-client-version'], minClientVersion) && request.path.startsWith('/api/')) {
    return new AppError('upgrade_required', {
      detail: `Clients older than ${minClientVersion ?? ''} are no longer served; upgrade yours.`,
    });
  }
  return queryFault(request.url);
}

function queryFault(url: string): AppError | undefined {
  const start = url.indexOf('?');
  if (start === -1) return undefined;
  const query = url.slice(start + 1);
  const parameters = query.split('&').length;
  if (parameters > requestLimits.queryParameters) {
    return refused('query', `has more than ${requestLimits.queryParameters} parameters`, 'too_many');
  }
  try {
    decodeURIComponent(query);
    return undefined;
  } catch {
    return refused('query', 'the query must be percent-encoded UTF-8', 'query_encoding');
  }
}

const refused = (place: string, msg: string, type: string): AppError =>
  new AppError('invalid', { errors: [{ loc: [place], msg, type }] });

/** What is no version (`1.4.0`, with or without a suffix) says nothing about the client's age, and is let pass. */
function isTooOld(given: string | string[] | undefined, least: string | null): boolean {
  if (least === null || typeof given !== 'string') return false;
  const [, numbers] = /^v?(\d{1,6}\.\d{1,6}\.\d{1,6})(?:[-+][\w.+-]{0,64})?$/.exec(given) ?? [];
  return numbers !== undefined && numbers.localeCompare(least, 'en', { numeric: true }) < 0;
}
