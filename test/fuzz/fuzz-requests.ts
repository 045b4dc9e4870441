import fc from 'fast-check';

import {
  type ApiDocument,
  type LocatedOperation,
  operationsOf,
  type Parameter,
} from '../../apps/report-service/src/open-api/document.ts';
import type { FuzzRequest } from './mutations.ts';
import { valuesOf } from './schema-values.ts';

/** A path parameter to be filled with an id of an earlier answer, or a made-up value. */
export interface Wanted {
  readonly name: string;
  readonly pick: number;
  readonly otherwise: string;
}

export interface Drawn {
  readonly operation: LocatedOperation;
  readonly request: FuzzRequest;
  readonly wanted: readonly Wanted[];
}

/** Valid requests for each operation of the document, in the words of its parameters and body. */
export function requestsOf(document: ApiDocument): ReadonlyMap<string, fc.Arbitrary<Drawn>> {
  return new Map(
    operationsOf(document).map((located) => [located.operation.operationId ?? '', drawnFor(document, located)]),
  );
}

function drawnFor(document: ApiDocument, located: LocatedOperation): fc.Arbitrary<Drawn> {
  const { operation, method, path } = located;
  const parameters = operation.parameters ?? [];
  const inPlace = (place: Parameter['in']): Parameter[] => parameters.filter((one) => one.in === place);
  const values = (some: readonly Parameter[]): fc.Arbitrary<Record<string, unknown>> =>
    fc.record(Object.fromEntries(some.map(({ name, schema }) => [name, valuesOf(document, schema)])), {
      requiredKeys: some.filter(({ required }) => required).map(({ name }) => name),
    });
  const wanted = fc.tuple(
    ...inPlace('path').map(({ name, schema }) =>
      fc.record({ name: fc.constant(name), pick: fc.nat(), otherwise: valuesOf(document, schema).map(String) }),
    ),
  );
  const content = operation.requestBody?.content ?? {};
  const json = content['application/json']?.schema;
  const isFile = json !== undefined && json.type === undefined && json.$ref === undefined;
  const body: fc.Arbitrary<Pick<FuzzRequest, 'json' | 'text'>> =
    json === undefined
      ? fc.constant({})
      : isFile
        ? fc.oneof(fc.constantFrom(...files), fc.string()).map((text) => ({ text }))
        : valuesOf(document, json).map((value) => ({ json: value }));
  return fc
    .tuple(wanted, values(inPlace('query')), values(inPlace('header')), body)
    .map(([ids, query, headers, sent]) => ({
      operation: located,
      wanted: ids,
      request: {
        method: method.toUpperCase(),
        path,
        query: Object.entries(query).map(([name, value]) => [name, String(value)] as const),
        headers: {
          ...(sent.text === undefined ? {} : { 'Content-Type': 'application/octet-stream' }),
          ...Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, String(value).replace(/[^ -~]/g, '?')]),
          ),
        },
        ...sent,
      },
    }));
}

const files: readonly string[] = [
  '{"type":"assessment","name":"fuzz","target_model":"t"}\n{"type":"attack_run","assessment":"fuzz","attack_name":"a","goal":"g","best_score":0.9}\n',
  '{"type":"attack_run"}\n',
  '',
  '[]',
  'a,b\n1,2\n',
];

/** With the ids that earlier answers gave, by the name under which they were given. */
export function filled(
  { request, wanted }: Drawn,
  known: ReadonlyMap<string, readonly string[]>,
  fixed: Readonly<Record<string, string>>,
): FuzzRequest {
  const path = wanted.reduce((text, { name, pick, otherwise }) => {
    const ids = known.get(name === 'project' ? 'project_id' : name) ?? [];
    // One in four is made up, so that what is absent is asked for as well.
    const value = fixed[name] ?? (ids.length > 0 && pick % 4 !== 0 ? ids[pick % ids.length] : otherwise);
    return text.replace(`{${name}}`, encodeURIComponent((value ?? 'x').toWellFormed()));
  }, request.path);
  return { ...request, path };
}

/** Ids in an answer: `job_id` by its name, a plain `id` by the list that holds it, or by the resource that was asked for. */
export function idsIn(body: unknown, operation: LocatedOperation, found: (name: string, id: string) => void): void {
  const last = operation.path.split('/').findLast((part) => part !== '') ?? '';
  const asked = /^\{(\w+)\}$/.exec(last)?.[1] ?? idOf(last);
  const look = (value: unknown, own: string): void => {
    if (Array.isArray(value)) for (const member of value) look(member, own);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        if (typeof member !== 'string') look(member, Array.isArray(member) ? idOf(key) : own);
        else if (key === 'id') found(own, member);
        else if (key === 'slug' && own === 'workspace_id') found('workspace', member);
        else if (key === 'subject' || key.endsWith('_id')) found(key, member);
      }
    }
  };
  look(body, asked);
}

/** `top_findings` holds what `finding_id` names. */
const idOf = (list: string): string =>
  `${(list.split('_').at(-1) ?? '').replace(/^ws$/, 'workspaces').replace(/ies$/, 'y').replace(/s$/, '')}_id`;
