import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '#embedded';

/** The built service on an embedded, durable stack of its own, as `npm start` runs it. */
export interface BenchService {
  readonly baseUrl: string;
  readonly pid: number;
  /** Superuser, for what a benchmark does beside the service. */
  readonly databaseUrl: string;
  /** Makes a project and answers with its path. */
  project(slug: string): Promise<string>;
  request(method: string, path: string, body?: BodyInit, contentType?: string): Promise<Response>;
  /** Longest stall of the thread that answers HTTP since the last call, in ms. */
  longestStall(): Promise<number>;
  stop(): Promise<void>;
}

const watcher = new URL('./watch-loop.js', import.meta.url).href;
const entry = fileURLToPath(new URL('../../apps/report-service/src/main.js', import.meta.url));

export async function startBenchService(env: Readonly<Record<string, string>> = {}): Promise<BenchService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'airt-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  const child = spawn(process.execPath, ['--import', watcher, entry], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'warn',
      // One caller that asks as fast as it can is what a benchmark is.
      RATE_LIMIT_PER_CALLER: '1000000',
      RATE_LIMIT_PER_ORGANIZATION: '1000000',
      RATE_LIMIT_EXPENSIVE_PER_CALLER: '1000000',
      RATE_LIMIT_EXPENSIVE_PER_ORGANIZATION: '1000000',
      BUILDS_IN_FLIGHT: '100000',
      MIGRATE_ON_START: 'true',
      BOOTSTRAP_ORG: 'demo',
      BOOTSTRAP_WORKSPACE: 'red-team',
      DATABASE_URL: postgres.urls.owner,
      DATABASE_APP_URL: postgres.urls.app,
      DATABASE_RELAY_URL: postgres.urls.relay,
      ...env,
    },
  });
  // A benchmark that is cut off leaves no service behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const baseUrl = await untilListening(child, join(dataDir, 'service.json'));
  const { api_key: key } = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as { api_key: string };
  const projects = '/api/v1/org/demo/ws/red-team/airt/projects';
  const request = (
    method: string,
    path: string,
    body?: BodyInit,
    contentType = 'application/json',
  ): Promise<Response> =>
    fetch(`${baseUrl}${path}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, ...(body !== undefined && { 'Content-Type': contentType }) },
      ...(body !== undefined && { body, duplex: 'half' }),
    });
  return {
    baseUrl,
    pid: child.pid ?? 0,
    databaseUrl: postgres.urls.superuser,
    request,
    project: async (slug) => {
      await request('POST', projects, JSON.stringify({ slug, name: slug }));
      return `${projects}/${slug}`;
    },
    longestStall: async () => {
      const answer = once(child, 'message');
      child.send('stall');
      return Number((await answer)[0]);
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilListening(child: ChildProcess, record: string): Promise<string> {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    try {
      return (JSON.parse(await readFile(record, 'utf8')) as { base_url: string }).base_url;
    } catch {
      await pause(100);
    }
  }
  throw new Error('The service did not start.');
}

/** Resident memory of a process in MiB, as the kernel counts it. */
export async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
