import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import type { RunningServer, ServerCommand } from './server-command.ts';
import { asServerAccount } from './server-account.ts';

/**
 * Waits on a pipe from this process and interrupts the server when the pipe closes, whatever closed it: after SIGKILL
 * no handler of ours could. The server has a session of its own, so a terminal's Ctrl-C reaches it through us alone.
 */
const leashScript = `
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
( read -r _ <&3
  kill -INT "$server"
  while sleep 1 && kill -0 "$server"; do kill -INT "$server"; done
) >/dev/null 2>&1 &
leash=$!
exec 3<&-
wait "$server"
status=$?
kill "$leash" 2>/dev/null
exit "$status"
`;

/** How much of the server's own log to keep for an error message. */
const keptLines = 40;

/** Starts a server that ends with this process, and waits until it says that it is ready. */
export async function startOnLeash({ binaries, cluster, settings, env }: ServerCommand): Promise<RunningServer> {
  const command = [binaries.postgres, '-D', cluster, ...settings];
  const server = spawn('/bin/sh', ['-c', leashScript, 'airt-leash', ...command], {
    ...asServerAccount(),
    // A folder that its account can enter.
    cwd: '/',
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => {
      resolve();
    });
    server.once('error', () => {
      resolve();
    });
  });
  // The pipe may break before the end is reported.
  server.stdin.on('error', () => undefined);

  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      if (line.includes('database system is ready to accept connections')) resolve();
    });
    server.once('error', reject);
    // After the last line of its log, which says why.
    server.once('close', (code) => {
      reject(new Error(`The server ended with status ${String(code)}:\n${lines.join('\n')}`));
    });
  });

  return {
    stop: async () => {
      server.stdin.end();
      await ended;
    },
  };
}
