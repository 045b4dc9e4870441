import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { eventually } from '../support/eventually.ts';
import { parseVariables, type Variables } from '../support/http-file.ts';

export interface Demo {
  readonly baseUrl: string;
  /** Those of `http.env`. */
  readonly variables: Variables;
  /** A key that may make organizations; the API hands out none. */
  operatorKey(): Promise<string>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 300_000;
const built = (path: string): string => fileURLToPath(new URL(`../../apps/${path}`, import.meta.url));

/** What `npm start` starts, on a folder of its own. */
export async function startDemo(): Promise<Demo> {
  const dataDir = await mkdtemp(join(tmpdir(), 'airt-examples-'));
  // The database's account walks through it.
  await chmod(dataDir, 0o755);
  const child = spawn(process.execPath, [built('quickstart/src/main.js'), '--data', dataDir], {
    // The receiver of the recorded webhook listens on this machine.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], WEBHOOK_ALLOW_PRIVATE_NETWORKS: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await eventually(
      () => output.includes('Ctrl-C stops it') || child.exitCode !== null,
      (isOver) => isOver,
      START_LIMIT_MS,
    );
    if (child.exitCode !== null) throw new Error(`The demo did not start.\n${output}`);
    const variables = parseVariables(await readFile(join(dataDir, 'http.env'), 'utf8'));
    return { baseUrl: variables['base_url'] ?? '', variables, operatorKey: () => makeOperatorKey(dataDir), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeOperatorKey(dataDir: string): Promise<string> {
  const words = ['--json', 'keys', 'create-operator', '--name', 'examples', '--expires', '1d'];
  const { stdout } = await promisify(execFile)(process.execPath, [built('report-service/src/airt.js'), ...words], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
  });
  return (JSON.parse(stdout) as { key: string }).key;
}
