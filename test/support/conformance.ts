import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import {
  type Answer,
  type ApiDocument,
  type Header,
  type LocatedOperation,
  type Method,
  methods,
  type Operation,
} from '../../apps/report-service/src/open-api/document.ts';

/** An answer with what was asked for it. */
export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly sentBody: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Headers that a client acts on: one that the document does not name is as wrong as an unknown field. */
const meaningful = [
  'Location',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Idempotent-Replayed',
  'Content-Disposition',
  'WWW-Authenticate',
];
/** Faults of the request itself: HTTP's, before any route is asked. */
const beforeRouting = new Set([400, 404, 405, 408, 413, 414, 415, 431]);

/** Says whether answers are those of an OpenAPI document: status, content type, body and headers. */
export class Conformance {
  private readonly ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allErrors: true,
    validateSchema: false,
    allowUnionTypes: true,
  });
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly routes: readonly { readonly pattern: RegExp; readonly path: string }[];

  constructor(readonly document: ApiDocument) {
    addFormats.default(this.ajv);
    this.ajv.addVocabulary(['example', 'xml', 'externalDocs', 'discriminator']);
    this.ajv.addSchema({ $id: 'document', $defs: rooted(document.components.schemas ?? {}) as Schemas });
    this.routes = Object.keys(document.paths)
      // `…/findings/export` before `…/findings/{id}`, as the router has it.
      .sort((a, b) => braces(a).localeCompare(braces(b)))
      .map((path) => ({ path, pattern: new RegExp(`^${escaped(path).replace(/\\\{\w+\\\}/g, '[^/]+')}/?$`) }));
  }

  /** What is wrong with the answer, in sentences; none when it is as documented. */
  faults(exchange: Exchange): string[] {
    const { pathname } = new URL(exchange.path, 'http://service');
    const located = this.operationOf(exchange.method, pathname);
    if (located) return this.ofOperation(exchange, located.path, located.method, located.operation);
    if (!pathname.startsWith('/api/') || ['HEAD', 'OPTIONS'].includes(exchange.method)) return [];
    return beforeRouting.has(exchange.status) || exchange.status === 401
      ? this.ofEnvelope(exchange)
      : [`no operation of the document is ${exchange.method} ${pathname}`];
  }

  /** What the document calls this request. */
  operationOf(asked: string, pathname: string): LocatedOperation | undefined {
    const path = this.routes.find(({ pattern }) => pattern.test(pathname))?.path;
    const method = methods.find((known) => known === asked.toLowerCase());
    const operation = path === undefined || method === undefined ? undefined : this.document.paths[path]?.[method];
    return path === undefined || method === undefined || !operation ? undefined : { path, method, operation };
  }

  /** Schema errors of a value against a part of the document, by JSON pointer. */
  schemaFaults(pointer: string, value: unknown): string[] {
    const schema = valueAt(this.document, pointer);
    if (schema === undefined) return [`the document has nothing at ${pointer}`];
    const validate = this.compiled.get(pointer) ?? this.ajv.compile(rooted(schema) as Schemas);
    this.compiled.set(pointer, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `body${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }

  private ofOperation(exchange: Exchange, path: string, method: Method, operation: Operation): string[] {
    const { status } = exchange;
    const declared = operation.responses[String(status)];
    if (!declared) {
      return exchange.sentBody && beforeRouting.has(status)
        ? this.ofEnvelope(exchange)
        : [`status ${status} is not documented; there are ${Object.keys(operation.responses).join(', ')}`];
    }
    const name = declared.$ref?.split('/').at(-1);
    const answer = name === undefined ? declared : this.document.components.responses?.[name];
    if (!answer) return [`the document has no response ${name ?? ''}`];
    const pointer =
      name === undefined
        ? pointerTo('paths', path, method, 'responses', String(status))
        : pointerTo('components', 'responses', name);
    return [...this.ofContent(exchange, answer, pointer), ...this.ofHeaders(exchange, answer)];
  }

  private ofContent({ headers, text }: Exchange, { content }: Answer, pointer: string): string[] {
    if (content === undefined) return text === '' ? [] : ['a body was sent where the document has none'];
    const type = (headers.get('content-type') ?? 'none').split(';')[0]?.trim() ?? '';
    const media = content[type];
    if (!media) return [`content type ${type} is not documented; there are ${Object.keys(content).join(', ')}`];
    if (!media.schema || !/^application\/(\w+\+)?json$/.test(type)) return [];
    return this.schemaFaults(`${pointer}/content/${token(type)}/schema`, JSON.parse(text));
  }

  private ofHeaders({ headers }: Exchange, answer: Answer): string[] {
    const faults: string[] = [];
    const named = new Map(Object.entries(answer.headers ?? {}).map(([name, header]) => [name.toLowerCase(), header]));
    for (const name of meaningful) {
      if (headers.has(name) && !named.has(name.toLowerCase())) faults.push(`header ${name} is not documented`);
    }
    for (const [name, reference] of named) {
      const component = '$ref' in reference ? (reference.$ref.split('/').at(-1) ?? '') : undefined;
      const header = component === undefined ? (reference as Header) : this.document.components.headers?.[component];
      const value = headers.get(name);
      if (value === null) {
        if (header?.required) faults.push(`header ${name} is missing`);
      } else if (component !== undefined) {
        const typed = header?.schema?.type === 'integer' ? Number(value) : value;
        const wrong = this.schemaFaults(`#/components/headers/${component}/schema`, typed);
        faults.push(...wrong.map((fault) => `header ${name}: ${fault}`));
      }
    }
    return faults;
  }

  private ofEnvelope({ headers, text, status }: Exchange): string[] {
    if (!(headers.get('content-type') ?? '').startsWith('application/json')) return ['the answer is no error envelope'];
    const body = JSON.parse(text) as { code?: unknown };
    const faults = this.schemaFaults('#/components/schemas/APIErrorPayload', body);
    return body.code === status ? faults : [...faults, `code is ${String(body.code)}, the status is ${status}`];
  }
}

type Schemas = Record<string, unknown>;

const token = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
/** JSON pointer into the document. */
export const pointerTo = (...parts: readonly string[]): string => `#/${parts.map(token).join('/')}`;

function valueAt(document: unknown, pointer: string): unknown {
  const parts = pointer.slice(2).split('/');
  return parts.reduce<unknown>(
    (value, part) => (value as Schemas | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  );
}

/** With references that hold wherever the schema stands. */
function rooted(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"document#/$defs/'));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Sorts after every letter. */
const braces = (path: string): string => path.replace(/\{\w+\}/g, '￿');

const known = new Map<string, Promise<Conformance>>();

/** By the document that the service itself serves; read once. */
export function conformanceOf(baseUrl: string): Promise<Conformance> {
  const found = known.get(baseUrl) ?? readDocument(baseUrl);
  known.set(baseUrl, found);
  return found;
}

async function readDocument(baseUrl: string): Promise<Conformance> {
  const answer = await fetch(`${baseUrl}/openapi.json`);
  if (!answer.ok) throw new Error(`/openapi.json answered ${answer.status}: ${await answer.text()}`);
  return new Conformance((await answer.json()) as ApiDocument);
}
