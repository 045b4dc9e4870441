import { createInterface } from 'node:readline';

import { leash } from './leash.ts';
import { asServerAccount } from './server-account.ts';

/** How much of the server's own log to keep for an error message. */
const keptLines = 40;

export interface LeashedServer {
  /** Interrupts the server and waits for its end. */
  stop(): Promise<void>;
}

/** Starts a server that dies with this process, and waits until it writes the line that says it is ready. */
export async function startLeashed(options: {
  readonly command: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
  readonly ready: RegExp;
}): Promise<LeashedServer> {
  const server = leash({
    command: options.command,
    env: options.env,
    // A folder that its account can enter.
    cwd: '/',
    account: asServerAccount(),
    signal: 'INT',
    again: true,
    output: ['ignore', 'pipe'],
  });
  const { stderr } = server.process;
  if (stderr === null) throw new Error('The server has no error output.');
  const lines: string[] = [];

  await new Promise<void>((resolve, reject) => {
    createInterface({ input: stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      if (options.ready.test(line)) resolve();
    });
    server.process.once('error', reject);
    // After the last line of its log, which says why.
    server.process.once('close', (code) => {
      reject(new Error(`The server ended with status ${String(code)}:\n${lines.join('\n')}`));
    });
  });

  return {
    stop: async () => {
      await server.stop();
    },
  };
}
