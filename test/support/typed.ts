import type { components } from '#client';

export type { operations } from '#client';

export type Schemas = components['schemas'];

/** Paths of the typed client. */
export const airt = '/api/v1/org/{org}/ws/{workspace}/airt';
export const inProject = `${airt}/projects/{project}` as const;
export const oneTemplate = `${inProject}/templates/{template_id}` as const;
export const oneBuild = `${inProject}/reports/build/{job_id}` as const;

/** Of a request by the typed client. */
export interface Result<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** What the typed client was answered with, where that must have gone well. */
export function dataOf<T>({ data, error, response }: Result<T>): T {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(error)}`);
  return data as T;
}
