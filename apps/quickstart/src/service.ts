import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { findRunningService, freePort, type ServiceRecord } from '#embedded';

import { readRunRecord } from './run-record.ts';

export interface Service {
  readonly baseUrl: string;
  /** False if it ran before us: then it is not ours to stop. */
  readonly ours: boolean;
  readonly logFile: string;
  /** Resolves when a service of ours ends by itself. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** A first start makes a database and compiles nothing; two minutes are a very slow disk. */
const startLimitMs = 120_000;

/** Joins the service that runs on the data folder, or starts one that ends with this process. */
export async function startOrJoin(
  dataDir: string,
  wantedPort: number | undefined,
  signal: AbortSignal,
): Promise<Service> {
  const logFile = join(dataDir, 'service.log');
  const running = await findRunningService(dataDir);
  if (running !== undefined) {
    await untilReady(running.base_url, signal);
    return joined(running.base_url, logFile);
  }

  const port = wantedPort ?? (await freePort(await lastPort(dataDir)));
  const child = start(dataDir, port, logFile);
  let status: number | null | undefined;
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => {
      resolve(null);
    });
  }).then((exitStatus) => (status = exitStatus));
  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await ended;
  };
  try {
    const listening = await untilListening(dataDir, () => status, signal);
    if (listening === undefined) throw await endedEarly(status, logFile);
    if (listening.pid !== child.pid) {
      // Another start on this folder was quicker; our service has seen that, too, and ends by itself.
      await stop();
      await untilReady(listening.base_url, signal);
      return joined(listening.base_url, logFile);
    }
    await untilReady(listening.base_url, signal, () => status, logFile);
    return { baseUrl: listening.base_url, ours: true, logFile, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port of the last run: links and clients of yesterday go on working. */
async function lastPort(dataDir: string): Promise<number | undefined> {
  const baseUrl = (await readRunRecord(dataDir))?.base_url;
  return typeof baseUrl === 'string' && URL.canParse(baseUrl) ? Number(new URL(baseUrl).port) : undefined;
}

function joined(baseUrl: string, logFile: string): Service {
  return { baseUrl, ours: false, logFile, ended: new Promise(() => undefined), stop: () => Promise.resolve() };
}

/** The service ends in good order when the channel to it closes, which it does whatever ends this process. */
function start(dataDir: string, port: number, logFile: string): ChildProcess {
  mkdirSync(dataDir, { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(process.execPath, ['--enable-source-maps', serviceEntry()], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', APP_ROLE: 'all' },
      // A terminal's Ctrl-C reaches it through us alone.
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

/** The built service, as it is run. */
function serviceEntry(): string {
  return fileURLToPath(new URL('../../../bundle/apps/report-service/src/main.js', import.meta.url));
}

/** The service that listens for this folder, ours or another's; nothing if ours has ended and no other is there. */
async function untilListening(
  dataDir: string,
  status: () => number | null | undefined,
  signal: AbortSignal,
): Promise<ServiceRecord | undefined> {
  const deadline = Date.now() + startLimitMs;
  for (;;) {
    const ended = status() !== undefined;
    const record = await findRunningService(dataDir);
    if (record !== undefined || ended) return record;
    if (Date.now() > deadline) throw new Error('The service did not listen within two minutes.');
    await pause(50, undefined, { signal });
  }
}

async function untilReady(
  baseUrl: string,
  signal: AbortSignal,
  status: () => number | null | undefined = () => undefined,
  logFile = '',
): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  let seen = 'nothing';
  while (status() === undefined) {
    try {
      const answer = await fetch(`${baseUrl}/health/ready`, { signal });
      if (answer.ok) return;
      seen = await answer.text();
    } catch (error) {
      signal.throwIfAborted();
      seen = String(error);
    }
    if (Date.now() > deadline) throw new Error(`The service at ${baseUrl} is not ready: ${seen}`);
    await pause(100, undefined, { signal });
  }
  throw await endedEarly(status(), logFile);
}

async function endedEarly(status: number | null | undefined, logFile: string): Promise<Error> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trimEnd().split('\n');
  const reason = `The service ended with status ${String(status)} before it was ready.`;
  return new Error([reason, `Its log, ${logFile}, ends:`, ...lines.slice(-8)].join('\n'));
}
