import { type AirtClient, createClient } from '#client';

import { checkedFetch } from './checked-fetch.ts';

export interface ApiAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface ApiOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Another key than the service's own; null for none. */
  readonly key?: string | null;
}

/** Sends requests that may be wrong, and hands back every answer as it is; for those that are right there is `client`. */
export class TestApi {
  constructor(
    private readonly baseUrl: () => string,
    readonly org: string,
    readonly workspace: string,
    readonly key: string,
  ) {}

  /** Path of a project, or below it: `project('demo', '/reports/build')`. */
  project(slug: string, below = ''): string {
    return `${this.airt}/projects/${slug}${below}`;
  }

  /** Path of the workspace's red-team resources. */
  get airt(): string {
    return `/api/v1/org/${this.org}/ws/${this.workspace}/airt`;
  }

  /** The typed client of the service as it runs now: a restart changes where. */
  get client(): AirtClient {
    const { org, workspace, key } = this;
    return createClient({ baseUrl: this.baseUrl(), org, workspace, apiKey: key, fetch: checkedFetch });
  }

  get<T = unknown>(path: string, options: ApiOptions = {}): Promise<ApiAnswer<T>> {
    return this.send<T>('GET', path, options);
  }

  post<T = unknown>(path: string, body?: unknown, options: ApiOptions = {}): Promise<ApiAnswer<T>> {
    return this.send<T>('POST', path, { ...options, body });
  }

  /** The answer as it comes, for bytes. */
  fetch(path: string): Promise<Response> {
    return checkedFetch(new Request(`${this.baseUrl()}${path}`, { headers: { Authorization: `Bearer ${this.key}` } }));
  }

  /** A body that is a string, bytes or a stream is sent as it is; anything else as JSON. */
  async send<T = unknown>(method: string, path: string, options: ApiOptions = {}): Promise<ApiAnswer<T>> {
    const { body } = options;
    const key = options.key === undefined ? this.key : options.key;
    const raw = isRaw(body);
    const request = new Request(`${this.baseUrl()}${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'Content-Type': raw ? 'application/octet-stream' : 'application/json' }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body), duplex: 'half' }),
    });
    const response = await checkedFetch(request);
    const text = await response.text();
    const { status } = response;
    const json = /^application\/json(;|$)/.test(response.headers.get('content-type') ?? '');
    return { status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T };
  }
}

type RawBody = string | Uint8Array<ArrayBuffer> | ReadableStream;

function isRaw(body: unknown): body is RawBody {
  return typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;
}
