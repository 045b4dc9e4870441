import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '#contracts';

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
