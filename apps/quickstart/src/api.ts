import { ApiFailure } from './api-failure.ts';

export interface Credentials {
  readonly org: string;
  readonly workspace: string;
  readonly api_key: string;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The REST API as any client sees it. */
export class Api {
  /** Path of the workspace; every other path starts here. */
  readonly root: string;

  constructor(
    readonly baseUrl: string,
    readonly credentials: Credentials,
  ) {
    const { org, workspace } = credentials;
    this.root = `/api/v1/org/${encodeURIComponent(org)}/ws/${encodeURIComponent(workspace)}/airt`;
  }

  project(slug: string): string {
    return `${this.root}/projects/${encodeURIComponent(slug)}`;
  }

  get authorization(): string {
    return `Bearer ${this.credentials.api_key}`;
  }

  get<T>(path: string, signal: AbortSignal): Promise<Answer<T>> {
    return this.send<T>('GET', path, undefined, signal);
  }

  post<T>(
    path: string,
    body: unknown,
    signal: AbortSignal,
    expectedFailures: readonly number[] = [],
  ): Promise<Answer<T>> {
    return this.send<T>('POST', path, body, signal, expectedFailures);
  }

  private async send<T>(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
    expectedFailures: readonly number[] = [],
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        Authorization: this.authorization,
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    });
    const text = await response.text();
    if (!response.ok && !expectedFailures.includes(response.status)) {
      throw new ApiFailure(`${method} ${path}`, response.status, text);
    }
    return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as T };
  }
}
