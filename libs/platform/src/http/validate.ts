import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { AppError, type Problem, requestLimits } from '#contracts';
import { getMetadataStorage, type ValidationError } from 'class-validator';

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
    if (metadata.type === 'body' || metadata.type === 'query') {
      refuseOddShape(value, [metadata.type]);
      refuseUnknownNames(value, metadata);
    }
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
const { nesting: deepest, objectMembers, listItems } = requestLimits;
/** Left out in silence by what fills the DTOs; here they are what every other unknown field is. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What is too deep or too wide is refused before anything else walks through it. */
function refuseOddShape(value: unknown, loc: readonly (string | number)[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (loc.length > deepest) throw refusedAt(loc, `is nested more than ${deepest} levels deep`, 'too_deep');
  const names = Array.isArray(value) ? null : Object.keys(value);
  const count = names === null ? (value as unknown[]).length : names.length;
  if (names === null && count > listItems) throw refusedAt(loc, `has more than ${listItems} items`, 'too_many');
  if (names !== null && count > objectMembers)
    throw refusedAt(loc, `has more than ${objectMembers} members`, 'too_many');
  for (const [key, member] of Object.entries(value)) {
    const place = [...loc, names === null ? Number(key) : key];
    if (reserved.has(key)) throw refusedAt(place, `property ${key} should not exist`, 'whitelist_validation');
    refuseOddShape(member, place);
  }
}

/** Said of names alone, before what they hold is copied and looked at. */
function refuseUnknownNames(value: unknown, { type, metatype }: ArgumentMetadata): void {
  if (typeof value !== 'object' || value === null || metatype === undefined) return;
  const known = namesOf(metatype);
  const unknown = known.size === 0 ? [] : Object.keys(value).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new AppError('invalid', {
    errors: unknown.slice(0, requestLimits.faultsTold).map((name) => ({
      loc: [type, shorten(name)],
      msg: shorten(`property ${name} should not exist`),
      type: 'whitelist_validation',
    })),
  });
}

const knownNames = new WeakMap<object, ReadonlySet<string>>();

function namesOf(metatype: NonNullable<ArgumentMetadata['metatype']>): ReadonlySet<string> {
  const known =
    knownNames.get(metatype) ??
    new Set(
      getMetadataStorage()
        .getTargetValidationMetadatas(metatype, '', true, false)
        .map(({ propertyName }) => propertyName),
    );
  knownNames.set(metatype, known);
  return known;
}

const refusedAt = (loc: readonly (string | number)[], msg: string, type: string): AppError =>
  new AppError('invalid', { errors: [{ loc: loc.map(shortened), msg, type }] });

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
