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

export type AirtClient = Client<Scoped<paths>>;

/**
 * A client of one workspace, typed by docs/openapi.json: `client.GET('/api/v1/org/{org}/…', { params })` needs every
 * parameter but `org` and `workspace`, and answers `{ data, error, response }`. It throws only when nobody answers.
 */
export function createClient({ baseUrl, org, workspace, apiKey, fetch }: ClientOptions): AirtClient {
  const scope = { org: encodeURIComponent(org), workspace: encodeURIComponent(workspace) };
  return createFetchClient<Scoped<paths>>({
    baseUrl,
    headers: { Authorization: `Bearer ${apiKey}` },
    querySerializer: { array: { style: 'form', explode: false } },
    Request: class extends Request {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(typeof input === 'string' ? filled(input, scope) : input, init);
      }
    },
    ...(fetch && { fetch }),
  });
}

/** The two parts of the path that every request of a client shares. */
function filled(url: string, scope: { readonly org: string; readonly workspace: string }): string {
  return url.replace('/org/{org}', `/org/${scope.org}`).replace('/ws/{workspace}', `/ws/${scope.workspace}`);
}
