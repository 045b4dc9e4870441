import { startEmbeddedPostgres } from '#embedded';
import { atLength, readPdfText, withoutSpace } from '#testing';
import { mkdtemp } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { sha256, TestBucket } from './support/bucket.ts';
import { eventually } from './support/eventually.ts';
import { type BuildAnswer, download, TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { builtService, createBucket, startService, type ServiceUnderTest } from './support/service.ts';
import { testStack } from './support/test-stack.ts';

/** Short leases, so that what a crash left behind is taken up within seconds. */
const quick = { BUILD_LEASE_SECONDS: '2', BUILD_SWEEP_SECONDS: '1' };

/** What must hold of a build that completed, whatever happened to it on the way. */
async function expectExactlyOnce(service: ServiceUnderTest, jobId: string): Promise<void> {
  const builds = await rowsOf<{
    status: string;
    object_key: string;
    file_size_bytes: string;
    sha256: string;
    plan: object;
  }>(service, 'select status, object_key, file_size_bytes, sha256 from builds.report_build where id = $1', [jobId]);
  expect(builds).toMatchObject([{ status: 'completed' }]);
  const [build] = builds;
  const events = await rowsOf(
    service,
    `select type from events.outbox where aggregate_id = $1 and type not in ('report.build_queued.v1', 'report.artifacts_discarded.v1')`,
    [jobId],
  );
  expect(events).toEqual([{ type: 'report.completed.v1' }]);
  const bucket = new TestBucket(service.bucket);
  // What lost attempts left goes when the winner tidies up, or with the next sweep.
  const live = await eventually(
    async () => (await bucket.keys()).filter((key) => key.includes(jobId)),
    (keys) => keys.length === 1,
    20_000,
  );
  expect(live).toEqual([build?.object_key]);
  const bytes = await bucket.read(build?.object_key ?? '');
  expect({ size: String(bytes.length), sha256: sha256(bytes) }).toEqual({
    size: build?.file_size_bytes,
    sha256: build?.sha256,
  });
  // The object goes first, its row a moment later.
  const artifacts = await eventually(
    () => rowsOf(service, 'select object_key from storage.artifact where build_id = $1', [jobId]),
    (rows) => rows.length === 1,
  );
  expect(artifacts).toEqual([{ object_key: build?.object_key }]);
}

/** Numbers from 0 to 1, the same for the same seed: a failure can be looked at again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let store: Door;
let service: ServiceUnderTest;

beforeAll(async () => {
  store = await startDoor();
  service = await startService({ env: { ...quick, S3_ENDPOINT: store.endpoint } });
});

afterAll(async () => {
  await service.stop();
  store.stop();
});

describe('what the service stands on', () => {
  let project: TestProject;

  beforeAll(async () => {
    project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(50)));
  });

  const buildAll = async (count: number): Promise<string[]> => {
    const answers = await Promise.all(Array.from({ length: count }, () => project.build()));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    return answers.map(({ body }) => body.job_id);
  };
  const expectCompleted = async (jobIds: readonly string[]): Promise<void> => {
    const builds = await Promise.all(jobIds.map((jobId) => project.ended(jobId)));
    expect(builds.map(({ status }) => status)).toEqual(jobIds.map(() => 'completed'));
    for (const jobId of jobIds) await expectExactlyOnce(service, jobId);
  };

  it('may lose the queue: accepted builds are told to it again', async () => {
    const jobIds = await buildAll(6);
    await eventually(
      () => rowsOf(service, 'select id from events.outbox where sent_at is null'),
      (unsent) => unsent.length === 0,
    );
    const tables = await rowsOf<{ name: string }>(
      service,
      `select format('bull.%I', tablename) as name from pg_tables where schemaname = 'bull' and tablename !~ 'migration'`,
    );
    expect(tables.length).toBeGreaterThan(0);
    await rowsOf(service, `truncate ${tables.map(({ name }) => name).join(', ')}`);

    await expectCompleted(jobIds);
    await expectCompleted(await buildAll(1));
  });

  it('may lose the bucket: the next build makes it again', async () => {
    const [before = ''] = await buildAll(1);
    await expectCompleted([before]);
    await new TestBucket(service.bucket).destroy();

    await expectCompleted(await buildAll(2));
    expect((await project.readBuild(before)).status).toBe(200);
  });

  it('may lose an object while its report is asked for', async () => {
    const [jobId = ''] = await buildAll(1);
    await expectCompleted([jobId]);
    const [key = ''] = (await new TestBucket(service.bucket).keys()).filter((name) => name.includes(jobId));
    await new TestBucket(service.bucket).remove(key);

    const { status, body } = await project.readBuild(jobId);

    // Nobody waits for the store: this answer may hold a dead link. The next ones say what became of the report.
    expect(status).toBe(200);
    if (body.status === 'completed') expect((await fetch(body.presigned_url ?? '')).status).toBe(404);
    const seen = await eventually(
      () => project.readBuild(jobId),
      (answer) => answer.body.status === 'expired',
      60_000,
    );
    expect(seen.body.presigned_url).toBeNull();
  });

  it('may cut every connection to the database while builds run', async () => {
    const jobIds = await buildAll(6);
    for (let cut = 1; cut <= 5; cut += 1) {
      await rowsOf(
        service,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
      const { status, body } = await project.findings();
      expect([200, 503]).toContain(status);
      if (status === 503) expect(body).toMatchObject({ code: 503, type: 'database_error' });
      await eventually(
        () => project.findings(),
        (answer) => answer.status === 200,
      );
    }

    await expectCompleted(jobIds);
    expect((await service.api.get('/health/ready')).status).toBe(200);
  });
});

describe('a service that dies', () => {
  let project: TestProject;
  let life: number;
  let expected: string;

  beforeAll(async () => {
    project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(300)));
    const warm = await project.ended((await project.build()).body.job_id);
    expected = warm.sha256 ?? '';
    life = await project.looksInLife();
  });

  const seed = Number(process.env['AIRT_CHAOS_SEED'] ?? Date.now() % 100_000);

  const kills = atLength(3, 20);

  it(`finishes ${kills} builds exactly once, each with one kill -9 at a random moment of its life (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    const killedIn: Record<string, number> = {};
    for (let round = 1; round <= kills; round += 1) {
      const { status, body } = await project.build();
      expect(status).toBe(202);
      await project.look(body.job_id, Math.floor(random() * life));
      await service.kill();
      const [killed] = await rowsOf<{ status: string }>(
        service,
        'select status from builds.report_build where id = $1',
        [body.job_id],
      );
      killedIn[killed?.status ?? 'none'] = (killedIn[killed?.status ?? 'none'] ?? 0) + 1;
      await service.restart();

      const build = await project.ended(body.job_id, 30_000);

      expect({ round, status: build.status, sha256: build.sha256 }).toEqual({
        round,
        status: 'completed',
        sha256: expected,
      });
      await expectExactlyOnce(service, body.job_id);
    }
    process.stderr.write(`seed ${seed}: builds were killed while ${JSON.stringify(killedIn)}\n`);
    const unfinished = await rowsOf(
      service,
      `select id from builds.report_build where status in ('queued', 'in_progress')`,
    );
    expect(unfinished).toEqual([]);
  });

  it('ends in good order on SIGTERM during a build, which goes on after the restart without losing an attempt', async () => {
    const big = await TestProject.make(service.api);
    await big.import(airtFile({ id: 'big', name: 'Big' }, spreadRuns(2_000)));
    const { body } = await big.build();
    await eventually(
      () => big.readBuild(body.job_id),
      ({ body: build }) => build.status === 'in_progress',
    );

    const status = await service.kill('SIGTERM');

    expect(status).toBe(0);
    const [row] = await rowsOf(service, 'select status, attempt, lease_token from builds.report_build where id = $1', [
      body.job_id,
    ]);
    expect(row).toEqual({ status: 'queued', attempt: 0, lease_token: null });
    await service.restart();
    expect(await big.ended(body.job_id)).toMatchObject({ status: 'completed' });
    const [after] = await rowsOf(service, 'select attempt from builds.report_build where id = $1', [body.job_id]);
    expect(after).toEqual({ attempt: 1 });
    await expectExactlyOnce(service, body.job_id);
  });

  it('gives up on a build that kills its worker each time, and says so without details', async () => {
    await service.restart({ BUILD_MAX_ATTEMPTS: '2' });
    const big = await TestProject.make(service.api);
    await big.import(airtFile({ id: 'big', name: 'Big' }, spreadRuns(2_000)));
    const { body } = await big.build();
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await eventually(
        () => rowsOf(service, 'select status, attempt from builds.report_build where id = $1', [body.job_id]),
        ([row]) => row?.['status'] === 'in_progress' && row['attempt'] === attempt,
      );
      await service.restart({ BUILD_MAX_ATTEMPTS: '2' });
    }

    const build = await big.ended(body.job_id);

    expect(build).toMatchObject({
      status: 'failed',
      presigned_url: null,
      sha256: null,
      file_size_bytes: 0,
      error_message: 'The worker stopped while building, also when tried again.',
    });
    const events = await rowsOf(
      service,
      `select type, payload->>'error_code' as code from events.outbox
      where aggregate_id = $1 and type not in ('report.build_queued.v1', 'report.artifacts_discarded.v1')`,
      [body.job_id],
    );
    expect(events).toEqual([{ type: 'report.failed.v1', code: 'worker_crashed' }]);
    // Others are none the worse for it.
    expect(await project.ended((await project.build()).body.job_id)).toMatchObject({ status: 'completed' });
  });
});

describe('a store that takes nothing', () => {
  it('fails a build in the end, with a sentence that tells nothing of the system', async () => {
    store.takesNothing();
    const project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(5)));

    const build: BuildAnswer = await project.ended((await project.build()).body.job_id);

    expect(build).toMatchObject({
      status: 'failed',
      presigned_url: null,
      error_message: 'The report could not be stored: the object store did not take it.',
    });
    store.takesAgain();
    expect(await project.ended((await project.build()).body.job_id)).toMatchObject({ status: 'completed' });
  });
});

describe('a build whose worker is late', () => {
  let front: ServiceUnderTest;
  let worker: ServiceUnderTest | undefined;

  beforeAll(async () => {
    front = await startService({ env: { ...quick, APP_ROLE: 'api' } });
  });

  afterAll(async () => {
    expect((await worker?.stop()) ?? 0).toBe(0);
    await front.stop();
  });

  const startWorker = (): Promise<ServiceUnderTest> =>
    startService({ beside: front, env: { ...quick, APP_ROLE: 'worker' } });

  it('loses no attempt to a worker that is asked to end while it starts', async () => {
    const project = await TestProject.make(front.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(1_000)));
    const { body } = await project.build();
    const DATA_DIR = await mkdtemp(join(testStack().dataDir, 'young-'));
    const young = spawn(process.execPath, [builtService], {
      env: { PATH: process.env['PATH'], ...front.env, APP_ROLE: 'worker', DATA_DIR },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => young.once('close', resolve));
    await eventually(
      () => rowsOf(front, 'select attempt from builds.report_build where id = $1', [body.job_id]),
      ([row]) => row?.['attempt'] === 1,
    );

    young.kill('SIGTERM');

    expect(await ended).toBe(0);
    const [row] = await rowsOf(front, 'select status, attempt from builds.report_build where id = $1', [body.job_id]);
    expect(row).toEqual({ status: 'queued', attempt: 0 });
    await project.cancelBuild(body.job_id);
  });

  it('leaves out an import that lands after the request', async () => {
    const project = await TestProject.make(front.api);
    await project.import(airtFile({ id: 'early', name: 'Early' }, [{ id: 'e1', score: 0.9 }]));
    const { body: waiting } = await project.build();
    const late = airtFile({ id: 'early', name: 'Early' }, [
      { id: 'e1', score: 0.9, goal: 'Goal of e1, told otherwise' },
      { id: 'late1', score: 0.95 },
    ]);
    expect((await project.import(late)).status).toBe(201);
    expect((await project.readBuild(waiting.job_id)).body.status).toBe('queued');

    worker = await startWorker();

    const before = withoutSpace(await readPdfText(await download(await project.ended(waiting.job_id))));
    const { body: next } = await project.build();
    const after = withoutSpace(await readPdfText(await download(await project.ended(next.job_id))));
    expect(before).toContain('Goalofe1');
    expect(before).not.toContain('toldotherwise');
    expect(before).not.toContain('Goaloflate1');
    expect(after).toContain('Goalofe1,toldotherwise');
    expect(after).toContain('Goaloflate1');
    expect((await project.findings('?view=report')).body.total).toBe(2);
  });

  it('is done no harm by a worker that was only asleep and wakes up after another one finished it', async () => {
    const sleeper = (worker ??= await startWorker());
    const project = await TestProject.make(front.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(1_500)));
    const { body } = await project.build();
    await eventually(
      () => project.readBuild(body.job_id),
      ({ body: build }) => build.status === 'in_progress',
    );
    process.kill(sleeper.pid, 'SIGSTOP');
    const other = await startWorker();
    try {
      const build = await project.ended(body.job_id);
      expect(build.status).toBe('completed');

      process.kill(sleeper.pid, 'SIGCONT');
      await eventually(
        () => sleeper.logs(),
        (logs) => logs.includes(body.job_id),
        60_000,
      );

      expect((await project.readBuild(body.job_id)).body).toMatchObject({ status: 'completed', sha256: build.sha256 });
      await expectExactlyOnce(front, body.job_id);
    } finally {
      process.kill(sleeper.pid, 'SIGCONT');
      await other.stop();
    }
  });
});

describe('a database server that restarts under load', () => {
  it('is come back to without a restart of the service, and every accepted build completes', async () => {
    const dataDir = await mkdtemp(join(testStack().dataDir, 'restarting-'));
    let postgres = await startEmbeddedPostgres({ dataDir, durable: false });
    const service = await startService({
      beside: { databaseUrls: postgres.urls, bucket: await createBucket(), env: {} },
      env: quick,
    });
    try {
      const project = await TestProject.make(service.api);
      await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(50)));
      const accepted: string[] = [];
      const refused = new Set<string>();
      // Builds that are there to be lost; the questions go on.
      const enough = atLength(12, Infinity);
      const load = { goesOn: true };
      const requests = (async () => {
        while (load.goesOn) {
          const answer =
            accepted.length < enough
              ? await project.build<Record<string, unknown>>()
              : await project.listBuilds<never>();
          if (answer.status === 202) accepted.push(String(answer.body['job_id']));
          else if (answer.status !== 200) refused.add(`${answer.status} ${String(answer.body['type'])}`);
        }
      })();
      await eventually(
        () => accepted.length,
        (count) => count >= 3,
      );

      await postgres.stop();
      expect((await service.api.get('/health/live')).status).toBe(200);
      await eventually(
        () => service.api.get('/health/ready'),
        ({ status }) => status === 503,
      );
      postgres = await startEmbeddedPostgres({ dataDir, durable: false });
      await eventually(
        () => service.api.get('/health/ready'),
        ({ status }) => status === 200,
      );
      load.goesOn = false;
      await requests;

      expect([...refused].filter((answer) => answer !== '503 database_error')).toEqual([]);
      for (const jobId of accepted) {
        const build = await project.ended(jobId, 120_000);
        expect(build.status).toBe('completed');
        expect(sha256(await download(build))).toBe(build.sha256);
      }
    } finally {
      await service.stop();
      await postgres.stop();
    }
  });
});

interface Door {
  readonly endpoint: string;
  takesNothing(): void;
  takesAgain(): void;
  stop(): void;
}

/** The store of the tests behind a door that can let nothing in. Signatures hold: they name the host that was asked. */
async function startDoor(): Promise<Door> {
  const { hostname, port } = new URL(testStack().store.endpoint);
  let closed = false;
  const door = createServer((request, response) => {
    if (closed && request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(507, { Connection: 'close' }).end();
      return;
    }
    const { method, url: path, headers } = request;
    const behind = forward({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    behind.once('error', () => response.destroy());
    request.pipe(behind);
  });
  await new Promise<void>((resolve) => {
    door.listen(0, '127.0.0.1', resolve);
  });
  const { port: own } = door.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${own}`,
    takesNothing: () => {
      closed = true;
    },
    takesAgain: () => {
      closed = false;
    },
    stop: () => {
      door.close();
      door.closeAllConnections();
    },
  };
}
