import fc from 'fast-check';

import type { ApiDocument, Schema } from '../../apps/report-service/src/open-api/document.ts';

/** Arbitrary values that a schema of the document takes. Deep optional parts end after some levels. */
export function valuesOf(document: ApiDocument, schema: Schema | undefined, depth = 0): fc.Arbitrary<unknown> {
  const resolved =
    schema?.$ref === undefined ? schema : document.components.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
  if (!resolved) return fc.constant('text');
  if (resolved.const !== undefined) return fc.constant(resolved.const);
  if (resolved.enum) return fc.constantFrom(...resolved.enum);
  const alternatives = resolved.anyOf ?? resolved.oneOf;
  if (alternatives) return fc.oneof(...alternatives.map((one) => valuesOf(document, one, depth)));
  const types = [resolved.type ?? 'string'].flat();
  return fc.oneof(...types.map((type) => valuesOfType(document, resolved, type, depth)));
}

function valuesOfType(document: ApiDocument, schema: Schema, type: string, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? 0, -1e9), max: Math.min(schema.maximum ?? 100, 1e9) });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1, noNaN: true });
    case 'array':
      return fc
        .array(valuesOf(document, schema.items, depth + 1), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 4, 4)),
          ...(schema.uniqueItems && {}),
        })
        .map((items) => (schema.uniqueItems ? [...new Set(items)] : items));
    case 'object':
      return objects(document, schema, depth);
    default:
      return strings(schema);
  }
}

function objects(document: ApiDocument, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const required = schema.required ?? [];
  const wanted = Object.entries(schema.properties ?? {}).filter(([name]) => depth < 6 || required.includes(name));
  if (wanted.length === 0)
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
  return fc.record(Object.fromEntries(wanted.map(([name, part]) => [name, valuesOf(document, part, depth + 1)])), {
    requiredKeys: required.filter((name) => wanted.some(([other]) => other === name)),
  });
}

function strings({ format, pattern, minLength = 0, maxLength = 1000 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  // Nobody listens there, so what is sent goes no further.
  if (format === 'uri') return fc.constantFrom('http://127.0.0.1:9/hook', 'https://hooks.invalid/airt');
  if (format === 'date-time') {
    return fc
      .date({ min: new Date('2000-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  }
  const fitting = new RegExp(pattern ?? '', 'u');
  const longest = Math.min(maxLength, 60);
  const any = fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(longest, 20)) });
  // A pattern that forbids little is met by chance; one that demands much is written from.
  if (fitting.test('é "') && fitting.test(''))
    return any.filter((text) => fitting.test(text) && text.length <= maxLength);
  try {
    return fc.stringMatching(fitting).filter((text) => text.length <= maxLength && text.length >= minLength);
  } catch {
    return fc.constantFrom('2026-04-15', '2026-04-15T12:00:00Z');
  }
}
