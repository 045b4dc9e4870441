import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { AppError, type Problem } from '#contracts';
import type { ValidationError } from 'class-validator';

/** Parses at the edge: unknown fields are refused, and every fault is located. Handlers never check again. */
export class RequestValidation extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      // Nest sets this to false before its own options, which lets unknown objects pass.
      forbidUnknownValues: true,
      stopAtFirstError: true,
      transformOptions: { enableImplicitConversion: false, exposeUnsetFields: false },
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const location = metadata.type === 'param' ? 'path' : metadata.type;
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new AppError('invalid', {
        errors: [{ loc: ['body'], msg: 'must be a JSON object', type: 'object_type' }],
      });
    }
    this.exceptionFactory = (errors: ValidationError[]) =>
      new AppError('invalid', { errors: errors.flatMap((error) => problemsOf(error, [location])).slice(0, 50) });
    return super.transform(value, metadata);
  }
}

function problemsOf(error: ValidationError, path: readonly (string | number)[]): Problem[] {
  const loc = [...path, /^\d+$/.test(error.property) ? Number(error.property) : shorten(error.property)];
  const own = Object.entries(error.constraints ?? {}).map(([type, msg]) => ({
    loc,
    msg: shorten(msg),
    type: type.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, loc))];
}

/** Never more than 200 characters of what the caller sent. */
const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);
