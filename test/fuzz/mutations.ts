import fc from 'fast-check';

/** A request before it is sent: a JSON body, or text as it is. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

/** What breaks parsers, databases, logs and documents. */
const hostile = fc.constantFrom(
  '',
  ' ',
  '\0',
  '\u0000\u0001\u001b[31m',
  '\ud800',
  '\u202e\u200b\ufeff',
  "'; drop table findings.attack_runs; --",
  '${jndi:ldap://127.0.0.1/a}',
  '{{constructor.constructor("return process")()}}',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '%00%ff%c0%af',
  'NaN',
  '1e999',
  '-1',
  'null',
  '[]',
  'A'.repeat(5_000),
  '👩‍👩‍👧‍👦'.repeat(50),
);
const odd: fc.Arbitrary<unknown> = fc.oneof(
  hostile,
  fc.constantFrom(null, true, -1, 0, 1.5, 1e308, Number.MAX_SAFE_INTEGER, [], {}, [[]], { a: { b: {} } }),
  fc.jsonValue({ maxDepth: 3 }),
);

type Mutation = (request: FuzzRequest) => FuzzRequest;

/** One thing wrong with a request that was right, or nothing. */
export const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Mutation>((request) => request) },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(), odd).map(([at, value]) => inBody(at, (parent, key) => (parent[key] = value))),
  },
  { weight: 1, arbitrary: fc.nat().map((at) => inBody(at, (parent, key) => Reflect.deleteProperty(parent, key))) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(), hostile, odd)
      .map(([at, key, value]) => inBody(at, (parent) => (parent[key] = value))),
  },
  { weight: 1, arbitrary: fc.nat().map((at) => inBody(at, (parent, key) => (parent[key] = longer(parent[key])))) },
  {
    weight: 1,
    arbitrary: odd.map(
      (json): Mutation =>
        (request) =>
          request.json === undefined ? request : { ...request, json },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 15, max: 3_000 })
      .map((depth): Mutation => withText('['.repeat(depth) + ']'.repeat(depth))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('{', '{"a":', 'nul', '"', '{"a":1}}', '\ufeff{}', '', '{"a":1e999}').map(withText),
  },
  { weight: 1, arbitrary: contentTypes() },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(), hostile).map(
      ([at, value]): Mutation =>
        (request) =>
          inPath(request, at, value),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(), hostile).map(
      ([at, value]): Mutation =>
        (request) =>
          inQuery(request, at, value),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(), hostile).map(
      ([at, value]): Mutation =>
        (request) =>
          addQuery(request, at, value),
    ),
  },
  { weight: 2, arbitrary: headers() },
);

function contentTypes(): fc.Arbitrary<Mutation> {
  const types = [
    'text/plain',
    'application/xml',
    'application/json; charset=utf-7',
    'multipart/form-data; boundary=x',
    'a/b',
    ';',
  ];
  return fc.constantFrom(...types).map((type): Mutation => (request) => ({
    ...request,
    headers: { ...request.headers, 'Content-Type': type },
  }));
}

function headers(): fc.Arbitrary<Mutation> {
  const names = [
    'Authorization',
    'Idempotency-Key',
    'If-None-Match',
    'X-Request-Id',
    'X-Client-Version',
    'Accept',
    'X-File-Name',
    'Origin',
    'Range',
    'Expect-CT',
    'X-Forwarded-For',
    'Content-Encoding',
  ];
  const values = [
    '',
    'x',
    '*',
    'Bearer',
    'Bearer airt_x',
    'Bearer a.b.c',
    'W/"x"',
    '"',
    '0.0.0',
    'bytes=0-',
    'gzip',
    '\u00ff'.repeat(30),
    'y'.repeat(4_000),
    '1, 2, 3',
  ];
  return fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...values))
    .map(([name, value]): Mutation => (request) => ({
      ...request,
      headers: { ...request.headers, [name]: value },
    }));
}

type Members = Record<string, unknown>;

/** Every object and list of the body with each of its members. */
function placesOf(value: unknown): { readonly parent: Members; readonly key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Members;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesOf(parent[key])]);
}

function inBody(at: number, change: (parent: Members, key: string) => unknown): Mutation {
  return (request) => {
    if (typeof request.json !== 'object' || request.json === null) return request;
    const json = structuredClone(request.json) as Members;
    const places = placesOf(json);
    const place = places[at % Math.max(places.length, 1)];
    change(place?.parent ?? json, place?.key ?? 'added');
    return { ...request, json };
  };
}

function longer(value: unknown): unknown {
  if (typeof value === 'string') return value.padEnd(40_000, 'x');
  if (typeof value === 'number') return value * 1e15 + 0.5;
  if (Array.isArray(value))
    return Array.from(
      { length: 2_000 },
      (_, index) => (value as unknown[])[index % Math.max(value.length, 1)] ?? index,
    );
  return value;
}

function withText(text: string): Mutation {
  return (request) => {
    const { json, ...rest } = request;
    return json === undefined ? request : { ...rest, text };
  };
}

function inPath(request: FuzzRequest, at: number, value: string): FuzzRequest {
  const parts = request.path.split('/');
  const place = 1 + (at % Math.max(parts.length - 1, 1));
  // The URL parser resolves bare dots itself, and a lone surrogate has no UTF-8.
  parts[place] = value === '' ? 'x' : encodeURIComponent(value.toWellFormed());
  return { ...request, path: parts.join('/') };
}

function inQuery(request: FuzzRequest, at: number, value: string): FuzzRequest {
  const place = at % Math.max(request.query.length, 1);
  const query = request.query.map(([name, old], index): [string, string] => [name, index === place ? value : old]);
  return { ...request, query };
}

function addQuery(request: FuzzRequest, at: number, value: string): FuzzRequest {
  const names = [
    'page',
    'limit',
    'severity',
    'cursor',
    'severity[]',
    'page[x]',
    'unknown',
    '__proto__',
    ...request.query.map(([name]) => name),
  ];
  return { ...request, query: [...request.query, [names[at % names.length] ?? 'unknown', value]] };
}
