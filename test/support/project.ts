import { randomBytes } from 'node:crypto';

import type { ApiAnswer, TestApi } from './api.ts';
import { eventually } from './eventually.ts';

export interface ImportAnswer {
  readonly id: string;
  readonly status: string;
  readonly format: string | null;
  readonly rows_read: number;
  readonly bytes_read: number;
  readonly assessments: number;
  readonly attack_runs: number;
  readonly trials: number;
  readonly succeeded: number;
  readonly resisted: number;
  readonly not_assessed: number;
  readonly suspected_target_errors: number;
  readonly folded: number;
  readonly skipped: number;
  readonly warnings: readonly string[];
  readonly errors: readonly Problem[];
}

export interface Problem {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** The canonical error envelope. */
export interface Envelope {
  readonly code: number;
  readonly detail: string;
  readonly type: string;
  readonly errors?: readonly Problem[];
}

export interface EmptySections {
  readonly empty_sections: readonly { readonly key: string | null; readonly title: string }[];
}

export interface BuildAnswer {
  readonly job_id: string;
  readonly status: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly presigned_url: string | null;
  readonly url_expires_at: string | null;
  readonly file_size_bytes: number;
  readonly error_message: string | null;
  readonly sha256: string | null;
  readonly retry_of: string | null;
  readonly progress: {
    readonly stage: string | null;
    readonly percent: number;
    readonly queue_position: number | null;
  };
}

export interface BuildListAnswer {
  readonly builds: readonly BuildAnswer[];
  readonly page: number | null;
  readonly limit: number;
  readonly total: number;
  readonly total_pages: number;
  readonly has_next: boolean;
  readonly has_previous: boolean;
  readonly next_cursor: string | null;
}

export interface FindingsAnswer {
  readonly findings: readonly Readonly<Record<string, unknown>>[];
  readonly total: number;
}

export type Preset = Readonly<Record<string, unknown>>;

/** Sections that any project with one finding can fill. */
export const usualSections = ['risk_score_metrics', 'severity_breakdown', 'findings', 'evidence', 'methodology'];

const ended = new Set(['completed', 'failed', 'cancelled', 'expired']);

/** A project of its own for a test, used as a client of the API would. */
export class TestProject {
  private constructor(
    readonly api: TestApi,
    readonly slug: string,
  ) {}

  static async make(api: TestApi, slug = `p-${randomBytes(4).toString('hex')}`): Promise<TestProject> {
    const { status } = await api.post(`${api.airt}/projects`, { slug, name: `Project ${slug}` });
    if (status !== 201) throw new Error(`The project was not made: ${status}`);
    return new TestProject(api, slug);
  }

  /** One that is there already. */
  static of(api: TestApi, slug: string): TestProject {
    return new TestProject(api, slug);
  }

  path(below: string): string {
    return this.api.project(this.slug, below);
  }

  import<T = ImportAnswer>(
    file: string | Uint8Array<ArrayBuffer>,
    options: { readonly query?: string; readonly name?: string } = {},
  ): Promise<ApiAnswer<T>> {
    return this.api.post<T>(this.path(`/imports${options.query ?? ''}`), file, {
      headers: options.name === undefined ? {} : { 'X-File-Name': options.name },
    });
  }

  preflight<T = EmptySections>(preset: Preset): Promise<ApiAnswer<T>> {
    return this.api.post<T>(this.path('/reports/preflight'), { preset });
  }

  build<T = BuildAnswer>(
    preset: Preset = { sections: usualSections },
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer<T>> {
    return this.api.post<T>(this.path('/reports/build'), { preset }, { headers });
  }

  readBuild(jobId: string, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer<BuildAnswer>> {
    return this.api.get<BuildAnswer>(this.path(`/reports/build/${jobId}`), { headers });
  }

  listBuilds<T = BuildListAnswer>(query = ''): Promise<ApiAnswer<T>> {
    return this.api.get<T>(this.path(`/reports/build${query}`));
  }

  cancelBuild<T = BuildAnswer>(jobId: string): Promise<ApiAnswer<T>> {
    return this.api.post<T>(this.path(`/reports/build/${jobId}/cancel`));
  }

  retryBuild<T = BuildAnswer>(jobId: string, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer<T>> {
    return this.api.post<T>(this.path(`/reports/build/${jobId}/retry`), undefined, { headers });
  }

  deleteBuild(jobId: string): Promise<ApiAnswer<unknown>> {
    return this.api.send('DELETE', this.path(`/reports/build/${jobId}`));
  }

  /** The build when it has ended, however it did. */
  async ended(jobId: string, limitMs = 60_000): Promise<BuildAnswer> {
    const answer = await eventually(
      () => this.readBuild(jobId),
      ({ body }) => ended.has(body.status),
      limitMs,
    );
    return answer.body;
  }

  findings(query = ''): Promise<ApiAnswer<FindingsAnswer>> {
    return this.api.get<FindingsAnswer>(this.path(`/findings${query}`));
  }
}

export async function download({ presigned_url: url }: BuildAnswer): Promise<Buffer> {
  if (url === null) throw new Error('The build has no URL.');
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The store answered ${answer.status}.`);
  return Buffer.from(await answer.arrayBuffer());
}
