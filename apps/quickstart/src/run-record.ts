import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readSecretFile, writeSecretFile } from '#files';

import type { BuildJob, DroppedSection } from './build-report.ts';
import type { ImportOutcome } from './import-file.ts';

export type Step = 'service' | 'project' | 'import' | 'preflight' | 'build' | 'download';

/** What `run.json` holds: the outcome of one run of the main job, also of one that failed on the way. */
export interface RunRecord {
  started_at: string;
  /** The build's own status; `failed` or `interrupted` if the run ended before it had one. */
  status: string;
  error: string | null;
  base_url: string | null;
  swagger_ui: string | null;
  org: string | null;
  workspace: string | null;
  project: string;
  project_id: string | null;
  project_path: string | null;
  api_key: string | null;
  imports: ({ readonly file: string; readonly unchanged: boolean } & ImportOutcome)[];
  dropped_sections: readonly DroppedSection[];
  sections: readonly string[];
  build_id: string | null;
  build: BuildJob | null;
  pdf: string | null;
  sha256: string | null;
  file_size_bytes: number | null;
  presigned_url: string | null;
  url_expires_at: string | null;
  /** Seconds per step, and of the whole. */
  seconds: Partial<Record<Step | 'total', number>>;
}

export function newRunRecord(project: string, startedAt: Date): RunRecord {
  return {
    started_at: startedAt.toISOString(),
    status: 'failed',
    error: null,
    base_url: null,
    swagger_ui: null,
    org: null,
    workspace: null,
    project,
    project_id: null,
    project_path: null,
    api_key: null,
    imports: [],
    dropped_sections: [],
    sections: [],
    build_id: null,
    build: null,
    pdf: null,
    sha256: null,
    file_size_bytes: null,
    presigned_url: null,
    url_expires_at: null,
    seconds: {},
  };
}

/** The record of the last run, of this version or an earlier one: any field may be absent. */
export async function readRunRecord(dataDir: string): Promise<Partial<RunRecord> | undefined> {
  return (await readSecretFile(join(dataDir, 'run.json'))) as Partial<RunRecord> | undefined;
}

export async function writeRunRecord(dataDir: string, record: RunRecord): Promise<void> {
  await writeSecretFile(join(dataDir, 'run.json'), record);
}

/** Variables of the requests in `docs/http`: as an env file, and in the form that REST clients of editors read. */
export async function writeHttpVariables(dataDir: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  const path = join(dataDir, 'http.env');
  await writeFile(path, lines.join(''), { mode: 0o600 });
  await chmod(path, 0o600);
  await writeSecretFile(join(dataDir, 'http-client.private.env.json'), { local: variables });
}
