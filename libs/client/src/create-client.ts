import createFetchClient, { type Client } from 'openapi-fetch';

import type { paths } from './schema.ts';
import type { Scoped } from './scoped.ts';

export interface ClientOptions {
  /** Of the service, as in `https://reports.example.com`. */
  readonly baseUrl: string;
  readonly org: string;
  readonly workspace: string;
  readonly apiKey: string;
  /** Sends the requests; the platform's own by default. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** A stream is not sent without it; the DOM's types do not have it. */
const streamed = { duplex: 'half' };

export type AirtClient = Client<Scoped<paths>>;

/**
 * A client of one workspace, typed by docs/openapi.json: `client.GET('/api/v1/org/{org}/…', { params })` needs every
 * parameter but `org` and `workspace`, and answers `{ data, error, response }`. It throws only when nobody answers.
 * A file is sent as it is, and read with `parseAs: 'arrayBuffer'` or `'stream'`.
 */
export function createClient({ baseUrl, org, workspace, apiKey, fetch }: ClientOptions): AirtClient {
  const scope = { org: encodeURIComponent(org), workspace: encodeURIComponent(workspace) };
  return createFetchClient<Scoped<paths>>({
    baseUrl,
    // Without null, openapi-fetch calls every body JSON.
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': null },
    querySerializer: { array: { style: 'form', explode: false } },
    bodySerializer: (body: unknown) => (isFile(body) ? body : JSON.stringify(body)),
    Request: class extends Request {
      constructor(input: RequestInfo | URL, init: RequestInit = {}) {
        super(typeof input === 'string' ? filled(input, scope) : input, { ...init, ...streamed, ...withType(init) });
      }
    },
    ...(fetch && { fetch }),
  });
}

/** The two parts of the path that every request of a client shares. */
function filled(url: string, scope: { readonly org: string; readonly workspace: string }): string {
  return url.replace('/org/{org}', `/org/${scope.org}`).replace('/ws/{workspace}', `/ws/${scope.workspace}`);
}

function isFile(body: unknown): boolean {
  return (
    body instanceof FormData ||
    body instanceof Blob ||
    body instanceof ReadableStream ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body)
  );
}

/** Text is the JSON that was made of a body; the type of a form has a boundary that only the platform knows. */
function withType({ body, headers }: RequestInit): Pick<RequestInit, 'headers'> {
  const typed = new Headers(headers);
  const known = typed.has('Content-Type') || body === undefined || body === null || body instanceof FormData;
  if (!known) typed.set('Content-Type', typeof body === 'string' ? 'application/json' : 'application/octet-stream');
  return { headers: typed };
}
