import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { RunningServer, ServerCommand } from './server-command.ts';
import { asServerAccount } from './server-account.ts';

/**
 * Waits on a pipe from the starting process and lets pg_ctl stop the server when the pipe closes, whatever closed it.
 * More than once: the server may not have come as far as its pid file.
 */
const watcherScript = `
const { spawnSync } = require('node:child_process');
const [pgCtl, cluster] = process.argv.slice(1);
const stop = () => {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const args = ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '600'];
    if (spawnSync(pgCtl, args, { stdio: 'ignore', windowsHide: true }).status === 0) break;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  }
  process.exit();
};
process.stdin.resume().once('end', stop).once('close', stop).on('error', () => undefined);
`;

/**
 * Starts the server as Windows needs it: no shell, an administrator's rights dropped, which PostgreSQL refuses, and a
 * fast shutdown through pg_ctl where signals end a process at once. Slower than the leash, and it runs anywhere.
 */
export async function startByPgCtl({ binaries, cluster, settings, env }: ServerCommand): Promise<RunningServer> {
  const log = join(cluster, 'server.log');
  await rm(log, { force: true });
  const apart = { ...asServerAccount(), cwd: '/', env, detached: true, windowsHide: true };
  const watcher = spawn(process.execPath, ['-e', watcherScript, binaries.pgCtl, cluster], {
    ...apart,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.stdin.on('error', () => undefined);
  const ended = once(watcher, 'exit');
  const stop = async (): Promise<void> => {
    watcher.stdin.end();
    await ended;
  };

  // No pipe to it: the server would inherit the other end, and hold it open.
  const args = ['start', '-D', cluster, '-l', log, '-w', '-t', '120', '-o', settings.join(' ')];
  const [status] = (await once(spawn(binaries.pgCtl, args, { ...apart, stdio: 'ignore' }), 'exit')) as [number | null];
  if (status === 0) return { stop };

  const reason = await readFile(log, 'utf8').catch(() => '');
  await stop();
  throw new Error(`The server did not start, status ${String(status)}:\n${reason.trimEnd()}`);
}
