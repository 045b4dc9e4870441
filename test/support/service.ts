import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { AirtClient } from '#client';
import { prepareDatabase, readServiceRecord } from '#embedded';

import { TestApi } from './api.ts';
import { TestBucket } from './bucket.ts';
import { eventually } from './eventually.ts';
import { testStack, type DatabaseUrls } from './test-stack.ts';

export const builtService = join(__dirname, '../../dist/bundle/apps/report-service/src/main.js');
const START_LIMIT_MS = 120_000;

export interface ServiceUnderTest {
  /** Changes on a restart. */
  readonly baseUrl: string;
  readonly api: TestApi;
  /** As an integrator has it; every exchange is held against the OpenAPI document. */
  readonly client: AirtClient;
  readonly pid: number;
  readonly dataDir: string;
  readonly databaseUrls: DatabaseUrls;
  readonly bucket: string;
  readonly env: Readonly<Record<string, string>>;
  /** All that it wrote so far, over restarts. */
  logs(): string;
  /** Ends the process by the signal, without ceremony by default; answers the exit status, null for a signal's death. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same data; kills it first if it runs. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Asks it to end in good order and removes its folder; answers the exit status. */
  stop(): Promise<number | null>;
}

/** Starts the built service on a database and a bucket of its own, or on those of another service under test. */
export async function startService(
  options: {
    readonly env?: Readonly<Record<string, string>>;
    /** Folder of another build of the product, as it was compiled. */
    readonly product?: string;
    /** Share data with this one: two processes of one installation. */
    readonly beside?: Pick<ServiceUnderTest, 'databaseUrls' | 'bucket' | 'env'>;
  } = {},
): Promise<ServiceUnderTest> {
  const { product } = options;
  const entry = product === undefined ? builtService : join(product, 'dist/apps/report-service/src/main.js');
  if (!existsSync(entry)) throw new Error('The service is not built: npm test builds it, or npm run build.');
  const { store, dataDir: scratch } = testStack();
  const name = `t-${randomBytes(6).toString('hex')}`;
  const dataDir = await mkdtemp(join(scratch, 'service-'));
  const databaseUrls = options.beside?.databaseUrls ?? (await createDatabase(name.replace('-', '_')));
  const bucket = options.beside?.bucket ?? (await createBucket(name));
  const keyFile = options.beside?.env['BOOTSTRAP_API_KEY_FILE'] ?? join(dataDir, 'credentials.json');
  const env = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrls.owner,
    DATABASE_APP_URL: databaseUrls.app,
    DATABASE_RELAY_URL: databaseUrls.relay,
    S3_ENDPOINT: store.endpoint,
    S3_ACCESS_KEY: store.accessKey,
    S3_SECRET_KEY: store.secretKey,
    S3_REGION: store.region,
    S3_BUCKET: bucket,
    MIGRATE_ON_START: 'true',
    BOOTSTRAP_ORG: 'demo',
    BOOTSTRAP_WORKSPACE: 'red-team',
    BOOTSTRAP_API_KEY_FILE: keyFile,
    // Tests of something else ask as often as they like; test/limits.e2e-spec.ts has its own bounds.
    RATE_LIMIT: 'off',
    BUILDS_IN_FLIGHT: '1000',
    EXPORTS_AT_ONCE: '16',
    IMPORTS_UNDER_WAY: '1000',
    IMPORTS_PER_ORGANIZATION: '1000',
    EXPORTS_PER_ORGANIZATION: '16',
    ...options.env,
  };

  let running = await launch(entry, env, '');
  const { org, workspace, api_key } = JSON.parse(await readFile(keyFile, 'utf8')) as Record<string, string>;
  const api = new TestApi(() => running.baseUrl, org ?? '', workspace ?? '', api_key ?? '');
  return {
    api,
    dataDir,
    databaseUrls,
    bucket,
    env,
    get baseUrl() {
      return running.baseUrl;
    },
    get client() {
      return api.client;
    },
    get pid() {
      return running.pid;
    },
    logs: () => running.logs(),
    kill: (signal = 'SIGKILL') => running.end(signal),
    restart: async (more = {}) => {
      await running.end('SIGKILL');
      running = await launch(entry, { ...env, ...more }, running.logs());
    },
    stop: async () => {
      const status = await running.end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
      return status;
    },
  };
}

interface Launched {
  readonly baseUrl: string;
  readonly pid: number;
  logs(): string;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

async function launch(entry: string, env: Readonly<Record<string, string>>, earlierLogs: string): Promise<Launched> {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let logs = earlierLogs;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      logs += text;
    });
  }
  let asked = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (status, signal) => {
      // A service that ends by itself is the cause of whatever fails next.
      if (!asked)
        process.stderr.write(`The service ended by itself (${String(status ?? signal)}).\n${logs.slice(-4000)}\n`);
      resolve(status);
    });
  });
  // No test may leave a service behind, not even one that fails half-way.
  const reap = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', reap);
  void ended.then(() => process.off('exit', reap));

  try {
    const baseUrl = await untilReady(child, env['DATA_DIR'] ?? '');
    return {
      baseUrl,
      pid: child.pid ?? 0,
      logs: () => logs,
      end: (signal) => {
        asked = true;
        child.kill(signal);
        return ended;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    await ended;
    throw new Error(`The service did not start.\n${logs.slice(-4000)}`, { cause: error });
  }
}

async function untilReady(child: ChildProcess, dataDir: string): Promise<string> {
  const record = await eventually(
    async () => ({ written: await readServiceRecord(dataDir), ended: child.exitCode ?? child.signalCode }),
    ({ written, ended }) => ended !== null || written?.pid === child.pid,
    START_LIMIT_MS,
  );
  if (record.written?.pid !== child.pid || record.written === undefined) {
    throw new Error(`It ended with ${String(record.ended)}.`);
  }
  const { base_url: baseUrl } = record.written;
  await eventually(
    async () => ({ status: await statusOf(`${baseUrl}/health/ready`), ended: child.exitCode ?? child.signalCode }),
    ({ status, ended }) => status === 200 || ended !== null,
    START_LIMIT_MS,
  );
  return baseUrl;
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    return (await fetch(url)).status;
  } catch {
    return undefined;
  }
}

async function createDatabase(name: string): Promise<DatabaseUrls> {
  const { databaseUrls } = testStack();
  await prepareDatabase(databaseUrls.superuser, name);
  const inDatabase = (text: string): string => {
    const url = new URL(text);
    url.pathname = `/${name}`;
    return url.href;
  };
  const { superuser, owner, app, relay } = databaseUrls;
  return {
    superuser: inDatabase(superuser),
    owner: inDatabase(owner),
    app: inDatabase(app),
    relay: inDatabase(relay),
  };
}

/** A bucket of the test's own. */
export async function createBucket(name = `t-${randomBytes(6).toString('hex')}`): Promise<string> {
  await new TestBucket(name).make();
  return name;
}
