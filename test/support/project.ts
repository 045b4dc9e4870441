import { randomBytes } from 'node:crypto';

import type { ApiAnswer, TestApi } from './api.ts';
import { eventually } from './eventually.ts';
import { oneBuild, type Result, type Schemas } from './typed.ts';

export type ImportAnswer = Schemas['ImportResponse'];
/** The canonical error envelope. */
export type Envelope = Schemas['APIErrorPayload'];
export type EmptySections = Schemas['EmptySectionsResponse'];
export type BuildAnswer = Schemas['BuildJobResponse'];
export type BuildListAnswer = Schemas['BuildJobListResponse'];
export type FindingsAnswer = Schemas['FindingListResponse'];

export type Preset = Readonly<Record<string, unknown>>;

/** Sections that any project with one finding can fill. */
export const usualSections: Schemas['AirtPresetRequest']['sections'] = [
  'risk_score_metrics',
  'severity_breakdown',
  'findings',
  'evidence',
  'methodology',
];

const ended = new Set(['completed', 'failed', 'cancelled', 'expired']);

/** A project of its own for a test, used as a client of the API would. */
export class TestProject {
  private constructor(
    readonly api: TestApi,
    readonly slug: string,
  ) {}

  static async make(
    api: TestApi,
    slug = `p-${randomBytes(4).toString('hex')}`,
    name = `Project ${slug}`,
  ): Promise<TestProject> {
    const { status } = await api.post(`${api.airt}/projects`, { slug, name });
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

  async readBuild(jobId: string, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer<BuildAnswer>> {
    return answerOf(await this.api.client.GET(oneBuild, { params: this.pathOf(jobId), headers }));
  }

  listBuilds<T = BuildListAnswer>(query = ''): Promise<ApiAnswer<T>> {
    return this.api.get<T>(this.path(`/reports/build${query}`));
  }

  async cancelBuild(jobId: string): Promise<ApiAnswer<BuildAnswer>> {
    return answerOf(await this.api.client.POST(`${oneBuild}/cancel`, { params: this.pathOf(jobId) }));
  }

  async retryBuild(jobId: string, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer<BuildAnswer>> {
    return answerOf(await this.api.client.POST(`${oneBuild}/retry`, { params: this.pathOf(jobId), headers }));
  }

  async deleteBuild(jobId: string): Promise<ApiAnswer<unknown>> {
    return answerOf(await this.api.client.DELETE(oneBuild, { params: this.pathOf(jobId) }));
  }

  /** The build when it has ended, however it did. */
  async ended(jobId: string, limitMs = 60_000): Promise<BuildAnswer> {
    // The body alone: where it does not end, that is what one wants to read.
    return eventually(
      async () => (await this.readBuild(jobId)).body,
      ({ status }) => ended.has(status),
      limitMs,
    );
  }

  /** Reads the build so often, one time after the other: a moment of its life that hangs on no clock. */
  async look(jobId: string, times: number): Promise<void> {
    for (let n = 0; n < times; n += 1) await this.readBuild(jobId);
  }

  /** How often a new build of the usual sections can be read before it has ended. */
  async looksInLife(): Promise<number> {
    const { body } = await this.build();
    for (let times = 1; ; times += 1) {
      if (ended.has((await this.readBuild(body.job_id)).body.status)) return times;
    }
  }

  findings(query = ''): Promise<ApiAnswer<FindingsAnswer>> {
    return this.api.get<FindingsAnswer>(this.path(`/findings${query}`));
  }

  private pathOf(jobId: string): { path: { project: string; job_id: string } } {
    return { path: { project: this.slug, job_id: jobId } };
  }
}

/** The typed client's answer as the raw one has it, also when it is a refusal. */
function answerOf<T>({ data, error, response }: Result<T>): ApiAnswer<T> {
  return { status: response.status, headers: response.headers, body: (data ?? error ?? '') as T };
}

export async function download({ presigned_url: url }: BuildAnswer): Promise<Buffer> {
  if (url === null) throw new Error('The build has no URL.');
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The store answered ${answer.status}.`);
  return Buffer.from(await answer.arrayBuffer());
}
