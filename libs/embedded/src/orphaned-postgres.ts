import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { isErrorCode } from '#files';

import { commandLineOf, identifyProcess, isStillRunning } from './process-identity.ts';
import { asServerAccount } from './server-account.ts';

/** A fast shutdown ends within seconds; a crash recovery before it may take longer. */
const stopLimitMs = 60_000;

/**
 * Makes a cluster startable after a crash: stops a server that outlived its parent, and removes the pid file of a
 * dead one, which PostgreSQL would obey if another process had been given its number.
 */
export async function clearOrphanedPostgres(cluster: string, pgCtl: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = await readPid(pidFile);
  if (pid === undefined) return;

  const server = await identifyProcess(pid);
  if (server !== undefined && (await isServerOf(pid, cluster))) {
    const deadline = Date.now() + stopLimitMs;
    while (await isStillRunning(server)) {
      if (Date.now() > deadline) throw new Error(`PostgreSQL, process ${pid}, on ${cluster} does not end.`);
      await interrupt(pid, pgCtl);
      await pause(50);
    }
  }
  await rm(pidFile, { force: true });
}

/** Whether a command line is that of a server on the cluster, and no stranger with the number of one. */
export function isServerCommand(command: string, cluster: string): boolean {
  // The file systems of Windows and macOS know no case, and pg_ctl turns the slashes.
  const plain = (text: string): string => text.replaceAll('\\', '/').replaceAll('"', '').toLowerCase();
  return `${plain(command)} `.includes(` -d ${plain(cluster)} `);
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

/** A server works in its data folder, which Linux tells; elsewhere the folder stands in its command line. */
async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return isServerCommand(await commandLineOf(pid), cluster);
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster));
  } catch {
    return false;
  }
}

/** By pg_ctl, which has a way to interrupt a server on Windows, too. */
async function interrupt(pid: number, pgCtl: string): Promise<void> {
  const options = { ...asServerAccount(), cwd: '/', windowsHide: true };
  // It fails when the server has just ended, and then all is well.
  await promisify(execFile)(pgCtl, ['kill', 'INT', String(pid)], options).catch(() => undefined);
}
