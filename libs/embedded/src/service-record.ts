import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { readSecretFile, writeSecretFile } from '#files';

/** Where the service of a data folder listens. */
export interface ServiceRecord {
  readonly pid: number;
  readonly base_url: string;
  /** ISO 8601, UTC. */
  readonly started_at: string;
}

/** The last record written; the process it names may have ended. */
export async function readServiceRecord(dataDir: string): Promise<ServiceRecord | undefined> {
  const record = await readSecretFile(recordPath(dataDir));
  return isServiceRecord(record) ? record : undefined;
}

/** Tells later starts and clients where this process listens. */
export async function writeServiceRecord(dataDir: string, record: ServiceRecord): Promise<void> {
  await writeSecretFile(recordPath(dataDir), record);
}

export async function removeServiceRecord(dataDir: string): Promise<void> {
  await rm(recordPath(dataDir), { force: true });
}

function isServiceRecord(value: unknown): value is ServiceRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'base_url' in value &&
    typeof value.base_url === 'string' &&
    'started_at' in value &&
    typeof value.started_at === 'string'
  );
}

function recordPath(dataDir: string): string {
  return join(dataDir, 'service.json');
}
