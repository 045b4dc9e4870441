import { getMetadataStorage } from 'class-validator';
import type { Schema } from './document.ts';

interface Constraint {
  readonly property: string;
  readonly name: string;
  readonly values: readonly unknown[];
  /** Holds for each item of a list, not for the list. */
  readonly each: boolean;
}

/** All classes with validators by name: the name of a class is that of its schema. */
export function validatedClasses(): ReadonlyMap<string, abstract new () => unknown> {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<unknown, unknown> };
  const classes = [...storage.validationMetadatas.keys()].filter((target) => typeof target === 'function');
  return new Map(classes.map((target) => [target.name, target as abstract new () => unknown]));
}

/** What the validators of a class refuse, said in the schemas of its properties: one place to state a limit. */
export function constrain(target: abstract new () => unknown, schemas: Readonly<Record<string, Schema>>): void {
  for (const { property, each, name, values } of constraintsOf(target)) {
    const schema = schemas[property];
    if (!schema || schema.$ref !== undefined) continue;
    const isList = [schema.type].flat().includes('array');
    const place = each && isList ? (schema.items ??= {}) : schema;
    // The Swagger module's plugin writes the bounds of the items on the list itself.
    if (each && isList) for (const word of ofItems) Reflect.deleteProperty(schema, word);
    if (place.$ref === undefined) apply(place, name, values);
  }
}

const ofItems = ['minLength', 'maxLength', 'pattern', 'minimum', 'maximum'] as const;

function constraintsOf(target: abstract new () => unknown): Constraint[] {
  return getMetadataStorage()
    .getTargetValidationMetadatas(target, '', false, false)
    .map((rule) => ({
      property: rule.propertyName,
      name: rule.name ?? '',
      values: (rule.constraints as readonly unknown[] | undefined) ?? [],
      each: rule.each,
    }));
}

function apply(schema: Schema, name: string, [first, second]: readonly unknown[]): void {
  switch (name) {
    case 'isInt':
      schema.type = [schema.type ?? 'number'].flat().map((type) => (type === 'number' ? 'integer' : type));
      if (schema.type.length === 1) schema.type = schema.type[0] ?? 'integer';
      break;
    case 'min':
      schema.minimum = Number(first);
      break;
    case 'max':
      schema.maximum = Number(first);
      break;
    case 'minLength':
      schema.minLength = Number(first);
      break;
    case 'maxLength':
      schema.maxLength = Number(first);
      break;
    case 'isLength':
      if (typeof first === 'number') schema.minLength = first;
      if (typeof second === 'number') schema.maxLength = second;
      break;
    case 'isUuid':
      schema.format = 'uuid';
      break;
    case 'arrayMinSize':
      schema.minItems = Number(first);
      break;
    case 'arrayMaxSize':
      schema.maxItems = Number(first);
      break;
    case 'arrayUnique':
      schema.uniqueItems = true;
      break;
    case 'matches':
      // A format says it better; a pattern with flags of its own cannot be said.
      if (first instanceof RegExp && schema.format === undefined && !first.flags.includes('i')) {
        schema.pattern = portable(first.source);
      }
      break;
  }
}

/**
 * The pattern as regular expressions without Unicode classes write it. Lone surrogates are left out: UTF-8 has none, and
 * without the `u` flag their range would refuse every emoji.
 */
const portable = (source: string): string =>
  source.replaceAll('\\0', '\\u0000').replaceAll('\\p{Cc}', '\\u0000-\\u001f\\u007f-\\u009f').replaceAll('\\p{Cs}', '');
