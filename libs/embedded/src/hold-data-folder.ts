import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { isErrorCode } from '#files';

import { identifyProcess, isProcessIdentity, isStillRunning, type ProcessIdentity } from './process-identity.ts';
import { readServiceRecord, type ServiceRecord } from './service-record.ts';

export type DataFolder =
  { readonly kind: 'held'; release(): Promise<void> } | { readonly kind: 'running'; readonly service: ServiceRecord };

/** How long a holder may take from its lock to its service record: a first start of everything, on a slow disk. */
const startLimitMs = 120_000;

/**
 * Makes this process the only one that runs a service on the folder, or says which service runs there already.
 * A lock left behind by a killed process is recognised by its number and start time, and taken over.
 */
export async function holdDataFolder(dataDir: string): Promise<DataFolder> {
  await mkdir(dataDir, { recursive: true });
  const own = await identifyProcess(process.pid);
  if (own === undefined) throw new Error('This system does not tell when a process started.');

  const deadline = Date.now() + startLimitMs;
  for (;;) {
    if (await takeLock(dataDir, own)) return { kind: 'held', release: () => release(dataDir, own) };

    const holder = await readHolder(lockPath(dataDir));
    if (holder !== undefined && (await isStillRunning(holder))) {
      const service = await readServiceRecord(dataDir);
      if (service?.pid === holder.pid) return { kind: 'running', service };
      if (Date.now() > deadline || isSame(holder, own)) {
        throw new Error(`The data folder ${dataDir} is held by process ${holder.pid}, which serves nothing yet.`);
      }
    }
    await pause(100);
  }
}

/** The service that runs on the folder now, without taking the folder. */
export async function findRunningService(dataDir: string): Promise<ServiceRecord | undefined> {
  const holder = await readHolder(lockPath(dataDir));
  if (holder === undefined || !(await isStillRunning(holder))) return undefined;
  const service = await readServiceRecord(dataDir);
  return service?.pid === holder.pid ? service : undefined;
}

async function takeLock(dataDir: string, own: ProcessIdentity): Promise<boolean> {
  const lock = lockPath(dataDir);
  const draft = `${lock}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    // A hard link appears whole or not at all, and only for the first.
    if (await linked(draft, lock)) return true;
    return await takeOver(lock, draft);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Replaces the lock of a dead process. One at a time: of two that both saw it dead, one would undo the other. */
async function takeOver(lock: string, draft: string): Promise<boolean> {
  const turn = `${lock}.takeover`;
  if (!(await isDead(lock))) return false;
  if (!(await linked(draft, turn))) {
    if (await isDead(turn)) await rm(turn, { force: true });
    return false;
  }
  try {
    // Somebody may have had the turn before us and be alive.
    if (!(await isDead(lock))) return false;
    await rename(draft, lock);
    return true;
  } finally {
    await unlink(turn);
  }
}

async function isDead(path: string): Promise<boolean> {
  const holder = await readHolder(path);
  return holder !== undefined && !(await isStillRunning(holder));
}

async function release(dataDir: string, own: ProcessIdentity): Promise<void> {
  const holder = await readHolder(lockPath(dataDir));
  if (holder !== undefined && isSame(holder, own)) await rm(lockPath(dataDir), { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<ProcessIdentity | undefined> {
  try {
    const holder: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isProcessIdentity(holder)) return holder;
    throw new Error(`${path} names no process: remove it if no service runs on this folder.`);
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isSame(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.pid === b.pid && a.started === b.started;
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'holder.json');
}
