import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

import { Redis } from 'ioredis';
import { Client } from 'pg';

import { freePort } from '#embedded';
import { atLength } from '#testing';

import { TestApi } from './support/api.ts';
import { airtFile, spreadRuns } from './support/airt-file.ts';
import { describeWhen, hasProgram } from './support/describe-when.ts';
import { eventually } from './support/eventually.ts';
import { makeOperator, makeOrganization } from './support/make-organization.ts';
import { TestProject } from './support/project.ts';
import { reportPart } from './support/report-line.ts';
import { rowsOf } from './support/rows.ts';
import { startService, type ServiceUnderTest } from './support/service.ts';
import { testStack } from './support/test-stack.ts';

const quick = { BUILD_LEASE_SECONDS: '2', BUILD_SWEEP_SECONDS: '1' };
const campaign = airtFile({ id: 'a', name: 'A' }, spreadRuns(atLength(60, 200)));
/** Of the same plan and data, whichever queue woke the worker up. */
const hashes = new Set<string | null>();

interface Backend {
  readonly service: ServiceUnderTest;
  readonly project: TestProject;
}

async function startOn(env: Readonly<Record<string, string>>): Promise<Backend> {
  const service = await startService({ env: { ...quick, ...env } });
  // One name everywhere: it is printed, and the bytes are compared.
  const project = await TestProject.make(service.api, 'queue-suite');
  expect((await project.import(campaign)).status).toBe(201);
  return { service, project };
}

async function accept(project: TestProject, count: number): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => project.build()));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
  return answers.map(({ body }) => body.job_id);
}

/** The queue knows of every build that was accepted. */
async function allTold(service: ServiceUnderTest): Promise<void> {
  await eventually(
    () => rowsOf(service, `select id from events.outbox where sent_at is null`),
    (unsent) => unsent.length === 0,
  );
}

async function expectCompletedOnce({ service, project }: Backend, jobIds: readonly string[]): Promise<void> {
  const builds = await Promise.all(jobIds.map((jobId) => project.ended(jobId, 120_000)));
  expect(builds.map(({ status }) => status)).toEqual(jobIds.map(() => 'completed'));
  const events = await rowsOf<{ id: string; count: number }>(
    service,
    `select aggregate_id as id, count(*)::int as count from events.outbox
     where type = 'report.completed.v1' and aggregate_id = any($1::uuid[]) group by 1`,
    [jobIds],
  );
  expect(new Map(events.map(({ id, count }) => [id, count]))).toEqual(new Map(jobIds.map((id) => [id, 1])));
}

/** The build path as it is on any queue. */
function buildsReports(backend: () => Backend): void {
  it('completes twelve builds accepted at once, each exactly once', async () => {
    const { project } = backend();

    await expectCompletedOnce(backend(), await accept(project, 12));
  });

  it('shares the builds among two processes', async () => {
    const { service, project } = backend();
    const beside = await startService({
      beside: service,
      env: { ...service.env, PORT: '0', APP_ROLE: 'worker', DATA_DIR: await scratch('worker-') },
    });
    try {
      const jobIds = await accept(project, 12);
      await expectCompletedOnce(backend(), jobIds);
      await eventually(
        () => [service, beside].map((process) => process.logs().includes('report built')),
        (worked) => worked.every(Boolean),
      );
    } finally {
      expect(await beside.stop()).toBe(0);
    }
  });

  it('completes builds whose process was killed, and those accepted before any worker ran', async () => {
    const { service, project } = backend();
    const jobIds = await accept(project, 4);
    await eventually(
      () => rowsOf(service, `select id from builds.report_build where status = 'in_progress'`),
      (running) => running.length > 0,
    );

    await service.restart({ APP_ROLE: 'api' });
    jobIds.push(...(await accept(project, 2)));
    const [held = ''] = await accept(project, 1);
    await allTold(service);

    // A worker that dies between the wake-up and its claim.
    const claims = await holdClaims(service);
    await service.restart({ APP_ROLE: 'worker' });
    try {
      await claims.waitedFor();
      await service.kill();
    } finally {
      await claims.letGo();
    }

    await service.restart();

    // The queue knows of a dead worker after half a minute; the row says within seconds that nobody has the build.
    expect(await project.ended(held, 20_000)).toMatchObject({ status: 'completed' });
    await expectCompletedOnce(backend(), [...jobIds, held]);
  });

  it('ends in good order while builds are waiting, and goes on with them', async () => {
    const { service, project } = backend();
    const jobIds = await accept(project, 6);

    expect(await service.kill('SIGTERM')).toBe(0);
    await service.restart();

    await expectCompletedOnce(backend(), jobIds);
  });

  it('lets organizations take turns: who comes last with one build does not wait for all of the first', async () => {
    const { service, project } = backend();
    const { org, workspace, key } = await makeOrganization(
      service.baseUrl,
      await makeOperator(service),
      service.api.workspace,
    );
    const other = await TestProject.make(new TestApi(() => service.baseUrl, org, workspace, key));
    expect((await other.import(campaign)).status).toBe(201);
    await service.restart({ APP_ROLE: 'api' });
    const many = await accept(project, 6);
    const [one = ''] = await accept(other, 1);
    expect((await other.readBuild(one)).body.progress.queue_position).toBeLessThanOrEqual(2);
    await allTold(service);

    await service.restart();

    await expectCompletedOnce(backend(), many);
    expect(await other.ended(one)).toMatchObject({ status: 'completed' });
    const begun = await rowsOf<{ id: string }>(
      service,
      'select id from builds.report_build where id = any($1::uuid[]) order by started_at',
      [[...many, one]],
    );
    // Two slots: one of them is the other organization's as long as it has something that waits.
    expect(begun.slice(0, 2).map(({ id }) => id)).toContain(one);
  });

  it('gives the same bytes as any other queue', async () => {
    const { project } = backend();
    const [jobId = ''] = await accept(project, 1);

    hashes.add((await project.ended(jobId)).sha256);

    expect(hashes.size).toBe(1);
    expect(hashes.has(null)).toBe(false);
  });
}

interface HeldClaims {
  /** Resolves when somebody stands before the rows: a worker that has taken a wake-up and wants to claim a build. */
  waitedFor(): Promise<void>;
  letGo(): Promise<void>;
}

/** Lets nobody write about builds, so that a claim can be caught in the middle. A claim passes over a row that is locked. */
async function holdClaims(service: ServiceUnderTest): Promise<HeldClaims> {
  const client = new Client({ connectionString: service.databaseUrls.superuser });
  await client.connect();
  await client.query('begin');
  await client.query('lock table builds.report_build in share row exclusive mode');
  return {
    waitedFor: async () => {
      await eventually(
        () =>
          rowsOf(
            service,
            `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
             and query like 'update builds.report_build set status = ''in_progress''%'`,
          ),
        (waiting) => waiting.length > 0,
      );
    },
    letGo: () => client.end(),
  };
}

describe('builds on the queue in PostgreSQL', () => {
  let backend: Backend;

  beforeAll(async () => {
    backend = await startOn({});
  });

  afterAll(async () => {
    await backend.service.stop();
  });

  buildsReports(() => backend);
});

describeWhen(hasProgram('redis-server'), 'builds on the queue in Redis (queue-backends.e2e-spec.ts): redis-server')(
  'builds on the queue in Redis',
  () => {
    let redis: RedisServer;
    let backend: Backend;

    beforeAll(async () => {
      redis = await startRedis();
      reportPart('Redis as the queue');
      backend = await startOn({ QUEUE_URL: redis.url });
    });

    afterAll(async () => {
      await backend.service.stop();
      await redis.stop();
    });

    buildsReports(() => backend);

    it('holds the id of a build and nothing else of it', async () => {
      const jobIds = await accept(backend.project, 8);
      const last = jobIds.at(-1) ?? '';
      const client = new Redis(redis.url);
      try {
        // The others are before it.
        const [key = ''] = await eventually(
          async () => (await client.keys('bull:report-builds:*')).filter((name) => name.includes(last)),
          (keys) => keys.length > 0,
        );
        expect(JSON.parse((await client.hget(key, 'data')) ?? '')).toEqual({ buildId: last });
      } finally {
        client.disconnect();
      }
      await expectCompletedOnce(backend, jobIds);
    });

    it('may lose everything it holds while builds are under way', async () => {
      const jobIds = await accept(backend.project, 8);
      await allTold(backend.service);
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();

      await expectCompletedOnce(backend, jobIds);
      await expectCompletedOnce(backend, await accept(backend.project, 1));
    });

    it('may be away when builds are asked for: they are accepted, and completed once it is back', async () => {
      await redis.kill();

      const jobIds = await accept(backend.project, 4);
      expect((await backend.project.readBuild(jobIds[0] ?? '')).body.status).toBe('queued');
      expect((await backend.project.findings()).status).toBe(200);

      await redis.restart();
      await expectCompletedOnce(backend, jobIds);
    });

    it('may be away while the service ends, which then takes half a minute at most', async () => {
      await redis.kill();
      const from = performance.now();

      // 0, or 1 when what hung was left behind; never a process that somebody else must kill.
      expect([0, 1]).toContain(await backend.service.kill('SIGTERM'));

      expect(performance.now() - from).toBeLessThan(30_000);
      await redis.restart();
      await backend.service.restart();
      await expectCompletedOnce(backend, await accept(backend.project, 1));
    });
  },
);

interface RedisServer {
  readonly url: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A server of our own that keeps nothing on disk: what it loses is lost. */
async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const folder = await scratch('redis-');
  let running: ChildProcess;
  const start = async (): Promise<void> => {
    running = spawn(
      'redis-server',
      [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
        '--maxmemory-policy',
        'noeviction',
        '--dir',
        folder,
      ],
      { stdio: 'ignore' },
    );
    process.once('exit', reap);
    const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
  };
  const reap = (): void => {
    running.kill('SIGKILL');
  };
  const kill = async (): Promise<void> => {
    process.off('exit', reap);
    const ended = new Promise((resolve) => running.once('close', resolve));
    running.kill('SIGKILL');
    await ended;
  };
  await start();
  return { url, kill, restart: start, stop: kill };
}

const scratch = (prefix: string): Promise<string> => mkdtemp(join(testStack().dataDir, prefix));
