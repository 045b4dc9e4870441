import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { concatMap, defer, from, type Observable } from 'rxjs';
import { AppError, requestLimits } from '#contracts';
import type { AuthorizedRequest } from './access.ts';
import { BodyClock } from './body-clock.ts';
import { readJsonBody } from './json-body.ts';

/** What the path of a request says that its body is: JSON, a picture, or a file of any size. */
export type BodyKind = 'json' | 'picture' | 'file';

/** Begins to count the time of a body, of which nothing is read yet, and refuses one that the path does not take. */
export function expectBody(kindOf: (request: Request) => BodyKind, seconds: number): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (!hasBody(request)) {
      next();
      return;
    }
    BodyClock.start(request, response, seconds);
    const kind = kindOf(request);
    kinds.set(request, kind);
    next(kind === 'json' ? refuseOtherThanJson(request) : refuseCoded(request));
  };
}

/** Reads JSON, and gives files their time, once the guard knows who sends it: nothing is read for whoever has no key. */
@Injectable()
export class ReadBody implements NestInterceptor {
  private readonly parse = readJsonBody();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<AuthorizedRequest>();
    const kind = request.access === undefined ? undefined : kinds.get(request);
    if (kind === undefined) return next.handle();
    if (kind !== 'json') {
      const clock = BodyClock.of(request);
      clock?.allow(kind === 'file' ? requestLimits.requestSeconds : requestLimits.pictureSeconds);
      clock?.allowIdle(requestLimits.uploadIdleSeconds);
      return next.handle();
    }
    return defer(() => from(this.read(request, http.getResponse<Response>()))).pipe(concatMap(() => next.handle()));
  }

  private read(request: Request, response: Response): Promise<void> {
    return new Promise((resolve, reject) => {
      this.parse(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(error instanceof Error ? error : new Error('the body could not be read', { cause: error }));
      });
    });
  }
}

const kinds = new WeakMap<Request, BodyKind>();

const hasBody = ({ headers }: Request): boolean =>
  Number(headers['content-length'] ?? 0) > 0 || 'transfer-encoding' in headers;

const refuseOtherThanJson = (request: Request): AppError | undefined =>
  request.is('application/json')
    ? undefined
    : new AppError('unsupported_media_type', { detail: 'Send the body as application/json.' });

const refuseCoded = ({ headers }: Request): AppError | undefined =>
  (headers['content-encoding'] ?? 'identity') === 'identity'
    ? undefined
    : new AppError('unsupported_media_type', { detail: 'Send the file without a coding.' });
