import {
  type Answer,
  type ApiDocument,
  type Operation,
  operationsOf,
  type Parameter,
  type Schema,
} from './document.ts';

/** Who sends the value: a client must still be understood, and must still understand. */
type Direction = 'request' | 'response';

/**
 * What a client written against `before` may trip over in `after`, in sentences: operations, parameters and fields that
 * are gone, demands that are new, values that are no longer taken or that were never to be expected.
 */
export function breakingChanges(before: ApiDocument, after: ApiDocument): string[] {
  const now = new Map(
    operationsOf(after).map((located) => [`${located.method} ${shape(located.path)}`, located.operation]),
  );
  return operationsOf(before).flatMap(({ path, method, operation }) => {
    const name = `${method.toUpperCase()} ${path}`;
    const successor = now.get(`${method} ${shape(path)}`);
    if (!successor) return [`${name} is gone`];
    return new Comparison(before, after).operation(operation, successor).map((fault) => `${name}: ${fault}`);
  });
}

/** Names of path parameters are ours; a client fills them in by place. */
const shape = (path: string): string => path.replace(/\{\w+\}/g, '{}');

class Comparison {
  private readonly seen = new Set<string>();

  constructor(
    private readonly before: ApiDocument,
    private readonly after: ApiDocument,
  ) {}

  operation(before: Operation, after: Operation): string[] {
    return [
      ...(before.operationId === after.operationId ? [] : [`operationId ${before.operationId ?? ''} is gone`]),
      ...((before.security?.length ?? 0) === 0 && (after.security?.length ?? 0) > 0 ? ['a key is needed now'] : []),
      ...this.parameters(before.parameters ?? [], after.parameters ?? []),
      ...this.requestBody(before, after),
      ...Object.entries(before.responses).flatMap(([status, answer]) =>
        status.startsWith('2') ? this.answer(status, answer, after.responses[status]) : [],
      ),
    ];
  }

  private parameters(before: readonly Parameter[], after: readonly Parameter[]): string[] {
    const outside = (parameters: readonly Parameter[]): Parameter[] => parameters.filter((one) => one.in !== 'path');
    const same =
      (one: Parameter) =>
      (other: Parameter): boolean =>
        one.in === other.in && one.name === other.name;
    return [
      ...outside(before).flatMap((one) => {
        const successor = after.find(same(one));
        if (!successor) return [`parameter ${one.name} is gone`];
        const demanded = successor.required && !one.required ? [`parameter ${one.name} is required now`] : [];
        return [...demanded, ...this.schema(one.schema, successor.schema, 'request', one.name)];
      }),
      ...outside(after)
        .filter((one) => one.required && !before.some(same(one)))
        .map(({ name }) => `parameter ${name} is new and required`),
    ];
  }

  private requestBody({ requestBody: before }: Operation, { requestBody: after }: Operation): string[] {
    if (!before) return after?.required ? ['a body is required now'] : [];
    return Object.entries(before.content).flatMap(([type, { schema }]) => {
      const media = after?.content[type];
      return media ? this.schema(schema, media.schema, 'request', 'body') : [`the body is no longer taken as ${type}`];
    });
  }

  private answer(status: string, before: Answer, after: Answer | undefined): string[] {
    if (!after) return [`status ${status} is gone`];
    const headers = Object.keys(before.headers ?? {}).filter((name) => !(name in (after.headers ?? {})));
    return [
      ...headers.map((name) => `header ${name} of ${status} is gone`),
      ...Object.entries(before.content ?? {}).flatMap(([type, { schema }]) => {
        const media = after.content?.[type];
        return media ? this.schema(schema, media.schema, 'response', status) : [`${status} is no longer ${type}`];
      }),
    ];
  }

  private schema(before: Schema | undefined, after: Schema | undefined, direction: Direction, where: string): string[] {
    const [was, is] = [resolve(this.before, before), resolve(this.after, after)];
    if (!was || !is) return [];
    // Schemas refer to themselves and to each other: one pair is compared once in each direction.
    const pair = `${direction} ${before?.$ref ?? where} ${after?.$ref ?? where}`;
    if (this.seen.has(pair)) return [];
    this.seen.add(pair);
    return [
      ...typeFaults(was, is, direction, where),
      ...enumFaults(was, is, direction, where),
      ...(direction === 'request' ? boundFaults(was, is, where) : []),
      ...this.members(was, is, direction, where),
      ...this.schema(was.items, is.items, direction, `${where}[]`),
      ...this.alternatives(was, is, direction, where),
    ];
  }

  private members(was: Schema, is: Schema, direction: Direction, where: string): string[] {
    const [had, has] = [was.properties ?? {}, is.properties ?? {}];
    const gone = Object.keys(had).filter((name) => !(name in has));
    const [mandatory, demanded] = [was.required ?? [], is.required ?? []];
    return [
      ...gone.map((name) => `${where}.${name} is gone`),
      ...(direction === 'request'
        ? demanded.filter((name) => !mandatory.includes(name)).map((name) => `${where}.${name} is required now`)
        : mandatory
            .filter((name) => name in has && !demanded.includes(name))
            .map((name) => `${where}.${name} may be absent now`)),
      ...Object.entries(had).flatMap(([name, schema]) => this.schema(schema, has[name], direction, `${where}.${name}`)),
    ];
  }

  /** Alternatives are told apart by what they refer to, or by their type. */
  private alternatives(was: Schema, is: Schema, direction: Direction, where: string): string[] {
    const [had, has] = [alternativesOf(was), alternativesOf(is)];
    if (had.length === 0 && has.length === 0) return [];
    const names = (schemas: readonly Schema[], other: Schema): string[] =>
      schemas.length > 0 ? schemas.map(nameOf) : [nameOf(other)];
    const [before, after] = [names(had, was), names(has, is)];
    const lost = before.filter((name) => !after.includes(name));
    const added = after.filter((name) => !before.includes(name));
    return [
      ...(direction === 'request'
        ? lost.map((name) => `${where} no longer takes ${name}`)
        : added.map((name) => `${where} may be ${name} now`)),
      ...had.flatMap((schema) =>
        this.schema(
          schema,
          has.find((one) => nameOf(one) === nameOf(schema)),
          direction,
          where,
        ),
      ),
    ];
  }
}

const alternativesOf = ({ anyOf, oneOf }: Schema): readonly Schema[] => anyOf ?? oneOf ?? [];
const nameOf = ({ $ref, type }: Schema): string => $ref?.split('/').at(-1) ?? String(type);

function resolve(document: ApiDocument, schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1);
  return name === undefined ? schema : document.components.schemas?.[name];
}

function typeFaults(was: Schema, is: Schema, direction: Direction, where: string): string[] {
  if (was.type === undefined && is.type === undefined) return [];
  const [had, has] = [typesOf(was), typesOf(is)];
  const covers = (types: readonly string[], type: string): boolean =>
    types.length === 0 || types.includes(type) || (type === 'integer' && types.includes('number'));
  const faults =
    direction === 'request'
      ? had.filter((type) => !covers(has, type)).map((type) => `${where} no longer takes ${type}`)
      : has.filter((type) => !covers(had, type)).map((type) => `${where} may be ${type} now`);
  if (direction === 'request' && had.length === 0) faults.push(`${where} takes ${has.join(', ')} alone now`);
  if (direction === 'response' && has.length === 0) faults.push(`${where} may be anything now`);
  return faults;
}

const typesOf = ({ type, $ref, anyOf, oneOf }: Schema): string[] =>
  $ref !== undefined || anyOf || oneOf ? [] : [type ?? []].flat();

function enumFaults(was: Schema, is: Schema, direction: Direction, where: string): string[] {
  const values = (schema: Schema): unknown[] | undefined =>
    schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  const [had, has] = [values(was), values(is)];
  const missing = (from: readonly unknown[], of: readonly unknown[]): string[] =>
    of.filter((value) => !from.includes(value)).map(String);
  if (direction === 'request') {
    if (!has) return [];
    return had
      ? missing(has, had).map((value) => `${where} no longer takes "${value}"`)
      : [`${where} takes few values now`];
  }
  if (!had) return [];
  return has ? missing(had, has).map((value) => `${where} may be "${value}" now`) : [`${where} may be any value now`];
}

const lowest = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'] as const;
const highest = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const;

function boundFaults(was: Schema, is: Schema, where: string): string[] {
  return [
    ...lowest.filter((word) => (is[word] ?? -Infinity) > (was[word] ?? -Infinity)),
    ...highest.filter((word) => (is[word] ?? Infinity) < (was[word] ?? Infinity)),
    ...(['pattern', 'format'] as const).filter((word) => is[word] !== undefined && is[word] !== was[word]),
    ...(is.uniqueItems && !was.uniqueItems ? ['uniqueItems'] : []),
    ...(is.additionalProperties === false && (was.additionalProperties ?? true) !== false
      ? ['additionalProperties']
      : []),
  ].map((word) => `${where} is narrower by ${word}`);
}
