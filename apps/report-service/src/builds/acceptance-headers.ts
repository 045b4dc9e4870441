import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type AcceptedBuild, AppError, type ProjectRef } from '#contracts';

/** Seconds after which a poll may find something new. */
export const pollAfterSeconds = '1';

/** Where to poll the job, when, and whether this answer was given before. */
export function setAcceptedHeaders(response: Response, project: ProjectRef, { build, replayed }: AcceptedBuild): void {
  response.setHeader('Location', `${project.path}/reports/build/${build.job_id}`);
  response.setHeader('Retry-After', pollAfterSeconds);
  if (replayed) response.setHeader('Idempotent-Replayed', 'true');
}

/** The caller's `Idempotency-Key`, checked; undefined when there is none. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const key = context.switchToHttp().getRequest<Request>().headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('invalid', {
    errors: [
      {
        loc: ['header', 'Idempotency-Key'],
        msg: 'must be 1 to 255 printable ASCII characters',
        type: 'string_pattern',
      },
    ],
  });
});

/** Documents the header on a route that honours it. */
export const IdempotencyKeyHeader = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      '1 to 255 printable ASCII characters, kept 24 hours. The same key and request again get the first answer again, ' +
      'with `Idempotent-Replayed: true`; another request with the key gets 409.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x20-\\x7e]{1,255}$' },
    example: 'quarterly-report-2026-q2',
  });
