import { constrain, validatedClasses } from './constraints.ts';
import type { Answer, ApiDocument, LocatedOperation, Operation, Parameter } from './document.ts';
import { operationsOf } from './document.ts';
import { addErrors, errorAnswers } from './errors.ts';
import { addExamples } from './examples.ts';
import { headerReference, headers, requestHeaders, usualHeaders } from './headers.ts';
import { type Route, routeKey } from './routes.ts';
import { finishSchema } from './schemas.ts';

const slug = '^[A-Za-z0-9][A-Za-z0-9-]{0,62}$';
const statusNames: Readonly<Record<string, string>> = {
  200: 'OK.',
  201: 'Created.',
  202: 'Accepted; work continues in the background.',
  204: 'No content.',
  304: 'Not modified.',
};

/** Adds to the Swagger module's document what routes and the error catalogue know beyond it. Changes it in place. */
export function completeDocument(document: ApiDocument, routes: ReadonlyMap<string, Route>): void {
  const { components } = document;
  components.headers = structuredClone(headers);
  components.responses = errorAnswers();
  for (const located of operationsOf(document)) completeOperation(located, routes);
  for (const [name, target] of validatedClasses()) {
    const properties = components.schemas?.[name]?.properties;
    if (properties) constrain(target, properties);
  }
  for (const [name, schema] of Object.entries(components.schemas ?? {})) {
    try {
      finishSchema(schema);
    } catch (error) {
      throw new Error(`Schema ${name}: ${(error as Error).message}`, { cause: error });
    }
  }
  for (const answer of Object.values(components.responses)) addCommonHeaders(answer, true);
  dropUnused(document);
}

function completeOperation({ path, method, operation }: LocatedOperation, routes: ReadonlyMap<string, Route>): void {
  const key = routeKey(method, path);
  const route = routes.get(key);
  if (!route) throw new Error(`No controller was found for ${key}.`);
  const { needs } = route;
  const isPublic = needs === 'public';
  if (!operation.operationId) throw new Error(`${key} has no operationId: name it in @ApiOperation, in snake_case.`);
  splitSummary(operation);
  operation.security = isPublic ? [] : [{ bearer: [] }];
  if (needs !== 'public') operation['x-required-scope'] = needs.scope;
  const needed = inWords(needs);
  operation.description = operation.description ? `${operation.description}\n\n${needed}` : needed;
  const query = operation.parameters?.filter((parameter) => parameter.in === 'query') ?? [];
  if (route.query) constrain(route.query, Object.fromEntries(query.map(({ name, schema }) => [name, schema ?? {}])));
  for (const parameter of operation.parameters ?? []) completeParameter(parameter, route);
  operation.parameters?.sort((a, b) => places.indexOf(a.in) - places.indexOf(b.in));
  for (const media of Object.values(operation.requestBody?.content ?? {})) if (media.schema) finishSchema(media.schema);
  addExamples(operation);
  addErrors(operation, { isPublic, writes: method !== 'get' });
  for (const [status, answer] of Object.entries(operation.responses))
    completeAnswer(status, answer, operation, isPublic);
  delete operation['x-errors'];
}

function inWords(needs: Route['needs']): string {
  if (needs === 'public') return 'No authentication is needed.';
  const { scope, of } = needs;
  return of === 'caller' ? 'Any valid key or token is accepted.' : `Requires the scope \`${scope}\` of the ${of}.`;
}

const places: readonly Parameter['in'][] = ['path', 'query', 'header', 'cookie'];

/** The first paragraph of a doc comment is the title, the rest tells more. */
function splitSummary(operation: Operation): void {
  const [first = '', ...rest] = (operation.summary ?? '').split(/\n\s*\n/);
  operation.summary = first.replace(/\s+/g, ' ').trim();
  operation.description = [...rest, operation.description ?? '']
    .map((paragraph) => paragraph.replace(/\n(?![-*|])/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function completeParameter(parameter: Parameter, route: Route): void {
  const schema = (parameter.schema ??= { type: 'string' });
  if (parameter.in === 'path') {
    parameter.required = true;
    if (route.uuids.has(parameter.name)) schema.format = 'uuid';
    if (schema.type === 'string' && !schema.format) schema.pattern ??= slug;
    if (schema.type === 'string' && schema.pattern === slug) schema.maxLength ??= 63;
  }
  if (parameter.in === 'header') Object.assign(schema, requestHeaders[parameter.name.toLowerCase()]);
  if (schema.default !== undefined) parameter.required = parameter.in === 'path';
  if (schema.example !== undefined) {
    parameter.example ??= schema.example;
    delete schema.example;
  }
  // As documented upstream: the values of a list stand in one parameter, with commas between.
  if (parameter.in === 'query' && schema.type === 'array') Object.assign(parameter, { style: 'form', explode: false });
  finishSchema(schema, parameter.name);
}

function completeAnswer(status: string, answer: Answer, operation: Operation, isPublic: boolean): void {
  if (answer.$ref !== undefined) return;
  const usual = usualHeaders(status, operation).map((name) => [name, headerReference(name)] as const);
  answer.headers = { ...Object.fromEntries(usual), ...answer.headers };
  answer.description = answer.description?.trim() || (statusNames[status] ?? `Status ${status}.`);
  for (const header of Object.values(answer.headers)) {
    if ('schema' in header) finishSchema(header.schema);
  }
  if (status === '304' || status === '204') delete answer.content;
  for (const media of Object.values(answer.content ?? {})) if (media.schema) finishSchema(media.schema);
  addCommonHeaders(answer, !isPublic);
}

function addCommonHeaders(answer: Answer, limited: boolean): void {
  const common = ['X-Request-Id', ...(limited ? ['RateLimit', 'RateLimit-Policy'] : []), 'Access-Control-Allow-Origin'];
  // A header that a controller declares under a common name is the common one.
  const declared = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, header]) => [
      name,
      name in headers && !('$ref' in header) && !header.description ? headerReference(name) : header,
    ]),
  );
  answer.headers = { ...declared, ...Object.fromEntries(common.map((name) => [name, headerReference(name)])) };
}

/** Components that nothing refers to, until none is left: dropping one may be the end of another. */
function dropUnused(document: ApiDocument): void {
  for (const kind of ['responses', 'headers', 'schemas'] as const) {
    for (let dropped = true; dropped;) {
      const text = JSON.stringify(document);
      const all: Record<string, unknown> = document.components[kind] ?? {};
      const unused = Object.keys(all).filter((name) => !text.includes(`"#/components/${kind}/${name}"`));
      for (const name of unused) Reflect.deleteProperty(all, name);
      dropped = unused.length > 0;
    }
  }
}
