import { setTimeout as pause } from 'node:timers/promises';

import type { Api } from './api.ts';
import { sectionKeys } from '#domain';
import { reportRequest } from './report-request.ts';

export interface DroppedSection {
  readonly key: string;
  readonly title: string;
}

export interface BuildJob {
  readonly job_id: string;
  readonly status: string;
  readonly created_at: string;
  readonly completed_at: string | null;
  readonly presigned_url: string | null;
  readonly url_expires_at: string | null;
  readonly file_size_bytes: number;
  readonly error_message: string | null;
  readonly sha256: string | null;
  /** Percent, from 0 to 100. */
  readonly progress: { readonly stage: string | null; readonly percent: number };
}

/** All sections but those that would come out empty. */
export async function sectionsWithData(
  api: Api,
  project: string,
  signal: AbortSignal,
): Promise<{ readonly sections: readonly string[]; readonly dropped: readonly DroppedSection[] }> {
  const path = `${api.project(project)}/reports/preflight`;
  const { body } = await api.post<{ empty_sections: readonly DroppedSection[] }>(
    path,
    reportRequest(sectionKeys),
    signal,
  );
  const empty = new Set(body.empty_sections.map(({ key }) => key));
  return { sections: sectionKeys.filter((key) => !empty.has(key)), dropped: body.empty_sections };
}

/** Asks for the report and polls until the job has ended, as often as the service likes to be asked. */
export async function buildReport(
  api: Api,
  project: string,
  sections: readonly string[],
  onStatus: (job: BuildJob) => void,
  signal: AbortSignal,
): Promise<BuildJob> {
  const path = `${api.project(project)}/reports/build`;
  const accepted = await api.post<BuildJob>(path, reportRequest(sections), signal);
  let job = accepted.body;
  let wait = retryAfterMs(accepted.headers);
  onStatus(job);
  while (job.status === 'queued' || job.status === 'in_progress') {
    await pause(wait, undefined, { signal });
    const polled = await api.get<BuildJob>(`${path}/${job.job_id}`, signal);
    job = polled.body;
    wait = retryAfterMs(polled.headers);
    onStatus(job);
  }
  return job;
}

function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? '1');
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 60) * 1000 : 1000;
}
