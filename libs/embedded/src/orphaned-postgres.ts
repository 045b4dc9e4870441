import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { isErrorCode } from '#files';

import { identifyProcess, isStillRunning } from './process-identity.ts';

/** A fast shutdown ends within seconds; a crash recovery before it may take longer. */
const stopLimitMs = 60_000;

/**
 * Makes a cluster startable after a crash: stops a server that outlived its parent, and removes the pid file of a
 * dead one, which PostgreSQL would obey if another process had been given its number.
 */
export async function clearOrphanedPostgres(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = await readPid(pidFile);
  if (pid === undefined) return;

  const server = await identifyProcess(pid);
  if (server !== undefined && (await isServerOf(pid, cluster))) {
    const deadline = Date.now() + stopLimitMs;
    while (await isStillRunning(server)) {
      if (Date.now() > deadline) throw new Error(`PostgreSQL, process ${pid}, on ${cluster} does not end.`);
      interrupt(pid);
      await pause(50);
    }
  }
  await rm(pidFile, { force: true });
}

async function readPid(pidFile: string): Promise<number | undefined> {
  try {
    const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** A server works in its data folder. Where the system does not tell, the pid file is believed. */
async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster));
  } catch {
    return false;
  }
}

function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (!isErrorCode(error, 'ESRCH')) throw error;
  }
}
