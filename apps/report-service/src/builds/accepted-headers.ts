import type { AcceptedBuild, ProjectRef } from '#contracts';
import type { Response } from 'express';

/** Seconds after which a poll may find something new. */
export const pollAfterSeconds = '1';

/** Where to poll the job, when, and whether this answer was given before. */
export function setAcceptedHeaders(response: Response, project: ProjectRef, { build, replayed }: AcceptedBuild): void {
  response.setHeader('Location', `${project.path}/reports/build/${build.job_id}`);
  response.setHeader('Retry-After', pollAfterSeconds);
  if (replayed) response.setHeader('Idempotent-Replayed', 'true');
}
