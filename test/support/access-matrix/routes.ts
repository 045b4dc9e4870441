import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { DeclaredRoute } from '#platform';

export const DIST = join(__dirname, '../../../dist');

export interface Route extends DeclaredRoute {
  /** Names of path parameters that are no place: `job_id`. */
  readonly objects: readonly string[];
}

/** Every route of the built service with what it declares, from its controllers. */
export async function readRoutes(): Promise<readonly Route[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'print-routes.mjs'), DIST]);
  const places = new Set(['org', 'workspace', 'project']);
  return (JSON.parse(stdout) as DeclaredRoute[]).map((route) => ({
    ...route,
    objects: [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '').filter((name) => !places.has(name)),
  }));
}

/** As the OpenAPI document writes it: `GET /api/v1/org/{org}`. */
export const documented = ({ method, path }: Pick<Route, 'method' | 'path'>): string =>
  `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;
