import type { Schema } from './document.ts';

/** No string is longer than the longest line or value that an import takes (docs/limits.md). */
const longestString = 32 * 1024 * 1024;
/** PostgreSQL keeps no NUL in text. */
const storable = '^[^\\u0000]*$';
const longest: Readonly<Record<string, number>> = {
  uuid: 36,
  'date-time': 35,
  date: 10,
  uri: 8192,
  email: 320,
};
const mostItems = 100_000;

/**
 * Makes a schema of the Swagger module one of JSON Schema 2020-12 that says all it knows: no word of OpenAPI 3.0, every
 * object closed, every string, list, map and integer bounded. Changes the schema in place.
 */
export function finishSchema(schema: Schema, name = ''): void {
  unwrapReference(schema);
  setNullApart(schema);
  if (schema.$ref !== undefined) return;
  for (const part of [
    schema.items,
    schema.not,
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
  ]) {
    if (part) finishSchema(part, name);
  }
  for (const [property, part] of Object.entries(schema.properties ?? {})) finishSchema(part, property);
  modernise(schema);
  if (schema.type === 'number' && paging.has(name)) schema.type = 'integer';
  const types = [schema.type ?? []].flat();
  if (types.includes('object')) closeObject(schema);
  if (types.includes('array')) schema.maxItems ??= mostItems;
  if (types.includes('integer')) boundInteger(schema);
  if (types.includes('string')) boundString(schema, name);
}

/** `allOf` with one reference was how OpenAPI 3.0 said more of it; now words may stand beside a reference. */
function unwrapReference(schema: Schema): void {
  const [only, ...others] = schema.allOf ?? [];
  if (only?.$ref === undefined || others.length > 0) return;
  delete schema.allOf;
  delete schema.type;
  schema.$ref = only.$ref;
}

/** A discriminator chooses among named schemas; null, which has no name, stands beside them. */
function setNullApart(schema: Schema): void {
  const { discriminator, anyOf, oneOf } = schema;
  const alternatives = anyOf ?? oneOf ?? [];
  const some = alternatives.filter(({ type }) => type !== 'null');
  if (discriminator === undefined || some.length === alternatives.length) return;
  const named = some.flatMap((one) => one.oneOf ?? one.anyOf ?? [one]);
  delete schema.discriminator;
  delete schema.oneOf;
  schema.anyOf = [{ oneOf: named, discriminator }, { type: 'null' }];
}

function modernise(schema: Schema): void {
  if ('example' in schema) {
    schema.examples = [schema.example];
    delete schema.example;
  } else if (schema.examples !== undefined && !Array.isArray(schema.examples)) {
    schema.examples = Object.values(schema.examples as Record<string, unknown>);
  }
  delete schema.nullable;
  if (schema.format === 'binary') {
    // Bytes are no JSON string: 3.1 says of them what they hold, and gives them no type.
    delete schema.format;
    delete schema.type;
    schema.contentMediaType ??= 'application/octet-stream';
  }
  if (schema.enum && [schema.type].flat().includes('null') && !schema.enum.includes(null)) schema.enum.push(null);
  // Metadata of two places may meet here; a list of names is a set.
  if (schema.required) schema.required = [...new Set(schema.required)];
}

const paging = new Set(['page', 'page_size', 'limit', 'total', 'total_pages']);

function closeObject(schema: Schema): void {
  const properties = Object.keys(schema.properties ?? {});
  schema.additionalProperties ??= false;
  if (schema.additionalProperties === false) {
    if (properties.length === 0 && schema.maxProperties !== 0) {
      throw new Error('An object has neither properties nor additionalProperties: put its class into a *.dto.ts file.');
    }
    return;
  }
  schema.maxProperties ??= mostItems;
  if (typeof schema.additionalProperties === 'object') finishSchema(schema.additionalProperties);
}

function boundInteger(schema: Schema): void {
  schema.format ??= 'int64';
  if (schema.exclusiveMinimum === undefined) schema.minimum ??= 0;
  if (schema.exclusiveMaximum === undefined) schema.maximum ??= Number.MAX_SAFE_INTEGER;
}

function boundString(schema: Schema, name: string): void {
  if (schema.enum !== undefined || schema.const !== undefined) return;
  const free = schema.pattern === undefined && schema.format === undefined && schema.maxLength === undefined;
  if (free && name.endsWith('_at')) schema.format = 'date-time';
  schema.maxLength ??= (schema.format === undefined ? undefined : longest[schema.format]) ?? longestString;
  if (schema.format === undefined) schema.pattern ??= storable;
}
