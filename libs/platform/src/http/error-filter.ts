import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { AppError, EmptySections, type ErrorCode, errorCatalogue, requestLimits } from '#contracts';
import type { Request, Response } from 'express';
import { isDatabaseTrouble, isMissingParent } from '../database/database-trouble.ts';
import { envelopeOf } from './error-envelope.ts';
import type { AuthorizedRequest } from './access.ts';
import { allowedMethods } from './allowed-methods.ts';
import { BodyClock } from './body-clock.ts';
import { type DeclaredRoute, declaredRoutes } from './declared-routes.ts';

/** A refused body of so many bytes is received all the same, a logo that is too large among them. */
const receivedAnyway = 8 * 1024 * 1024;

/** The one place where an error becomes an answer: the canonical envelope, whatever went wrong. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('ErrorFilter');
  private routes: readonly DeclaredRoute[] | undefined;

  constructor(private readonly modules: ModulesContainer) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = this.known(thrown, request);
    const { status, type } = errorCatalogue[error.code];
    if (response.destroyed) {
      // Nobody is there to be answered, and a body that breaks off with its client is no trouble of ours.
      this.logger.log({ err: error.cause ?? error, code: error.code }, 'the client went away');
      return;
    }
    if (status >= 500) this.logger.error({ err: error.cause ?? error, code: error.code }, type);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (!request.complete) leaveRestOfBody(request, response);
    response.status(status).set({ ...defaultHeaders[error.code], ...error.context.headers });
    response.json(error instanceof EmptySections ? { empty_sections: error.emptySections } : envelopeOf(error));
  }

  private known(thrown: unknown, request: Request): AppError {
    if (thrown instanceof AppError) return thrown;
    if (isMissingParent(thrown)) return new AppError('not_found', {}, { cause: thrown });
    const status = thrown instanceof HttpException ? thrown.getStatus() : statusOf(thrown);
    if (status === 404) return this.unknownRoute(request);
    if (thrown instanceof Error && thrown.message.startsWith('Failed to decode param')) {
      return new AppError('invalid', {
        errors: [{ loc: ['path'], msg: 'the path must be percent-encoded UTF-8', type: 'path_encoding' }],
      });
    }
    const code = isDatabaseTrouble(thrown) ? 'database' : codeOfStatus[status ?? 500];
    if (code === 'malformed_json') {
      return new AppError(code, {
        errors: [{ loc: ['body'], msg: errorCatalogue.malformed_json.detail, type: 'json_invalid' }],
      });
    }
    return new AppError(code ?? 'unexpected', {}, { cause: thrown });
  }

  private unknownRoute(request: Request): AppError {
    this.routes ??= declaredRoutes(this.modules);
    const allow = allowedMethods(this.routes, request.path);
    return allow.length > 0
      ? new AppError('method_not_allowed', { headers: { Allow: allow.join(', ') } })
      : new AppError('not_found');
  }
}

/**
 * A long body that nobody will read any more: closing is cheaper than receiving the rest of it. A short one is received,
 * since a client that is cut off while it sends may never see the answer; of somebody unknown less, and not for long.
 */
function leaveRestOfBody(request: AuthorizedRequest, response: Response): void {
  const length = Number(request.headers['content-length'] ?? Infinity);
  if (length > (request.access ? receivedAnyway : requestLimits.refusedBodyBytes)) {
    response.setHeader('Connection', 'close');
    return;
  }
  if (!request.access) BodyClock.of(request)?.allow(requestLimits.refusedBodySeconds);
  request.resume();
}

const defaultHeaders: Partial<Record<ErrorCode, Record<string, string>>> = {
  authentication: { 'WWW-Authenticate': 'Bearer' },
  expired_token: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  database: { 'Retry-After': '2' },
  idempotency_in_progress: { 'Retry-After': '1' },
  preview_busy: { 'Retry-After': '2' },
  rate_limited: { 'Retry-After': '1' },
  pictures_waiting: { 'Retry-After': '5' },
  builds_in_flight: { 'Retry-After': '5' },
  exports_under_way: { 'Retry-After': '5' },
  no_space: { 'Retry-After': '60' },
  imports_under_way: { 'Retry-After': '5' },
};

/** Body parsers and Express throw bare errors with a status; these are their meanings here. */
const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'malformed_json',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof URIError) return 400;
  const status = thrown instanceof Error && 'status' in thrown ? thrown.status : undefined;
  return typeof status === 'number' ? status : undefined;
}
