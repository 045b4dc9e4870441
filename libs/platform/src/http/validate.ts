import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { AppError, type Problem, requestLimits } from '#contracts';
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
      exceptionFactory: (faults: ValidationError[]) => new Refused(faults),
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
    if (metadata.type === 'body' || metadata.type === 'query') refuseOddShape(value, [metadata.type]);
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      // Here and not in the factory: one pipe serves all arguments of all requests at once, and only this call knows its own.
      if (!(error instanceof Refused)) throw error;
      throw new AppError('invalid', {
        errors: error.faults.flatMap((fault) => problemsOf(fault, [location])).slice(0, requestLimits.faultsTold),
      });
    }
  }
}

/** What class-validator found, on its way to an answer. */
class Refused extends Error {
  constructor(readonly faults: readonly ValidationError[]) {
    super('the request does not validate');
  }
}

/** What is far beyond would exhaust the stack of those who walk it. */
const deepest = requestLimits.nesting;
/** Left out in silence by what fills the DTOs; here they are what every other unknown field is. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function refuseOddShape(value: unknown, loc: readonly (string | number)[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (loc.length > deepest) {
    throw new AppError('invalid', {
      errors: [{ loc: loc.map(shortened), msg: `is nested more than ${deepest} levels deep`, type: 'too_deep' }],
    });
  }
  for (const [key, member] of Object.entries(value)) {
    const place = [...loc, Array.isArray(value) ? Number(key) : key];
    if (reserved.has(key)) {
      const msg = `property ${key} should not exist`;
      throw new AppError('invalid', { errors: [{ loc: place.map(shortened), msg, type: 'whitelist_validation' }] });
    }
    refuseOddShape(member, place);
  }
}

const shortened = (part: string | number): string | number => (typeof part === 'string' ? shorten(part) : part);

function problemsOf(error: ValidationError, path: readonly (string | number)[]): Problem[] {
  const loc = [...path, /^\d+$/.test(error.property) ? Number(error.property) : shorten(error.property)];
  const own = Object.entries(error.constraints ?? {}).map(([type, msg]) => ({
    loc,
    msg: shorten(msg),
    type: type.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, loc))];
}

/** Never more than a little of what the caller sent. */
const shorten = (text: string): string =>
  text.length > requestLimits.echoedCharacters ? `${text.slice(0, requestLimits.echoedCharacters - 1)}…` : text;
