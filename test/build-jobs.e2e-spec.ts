import { Client, DatabaseError } from 'pg';
import { buildTransitions } from '../apps/report-service/src/builds/report-build.ts';
import { airtFile, spreadRuns } from './support/airt-file.ts';
import { TestBucket } from './support/bucket.ts';
import { eventually } from './support/eventually.ts';
import { atLength, readPdfText, withoutSpace } from '#testing';
import { type BuildAnswer, type BuildListAnswer, download, type Envelope, TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { startService, type ServiceUnderTest } from './support/service.ts';
import { startStoreProxy } from './support/store-proxy.ts';
import { testStack } from './support/test-stack.ts';
import { dataOf, inProject, type operations } from './support/typed.ts';

const unknown = '2489e9ad-2ee2-4e00-8ec9-32d5f69181c0';

const projectWith = async (service: ServiceUnderTest, runs: number): Promise<TestProject> => {
  const project = await TestProject.make(service.api);
  expect((await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(runs)))).status).toBe(201);
  return project;
};

const accepted = async (project: TestProject): Promise<BuildAnswer> => {
  const { status, body } = await project.build();
  expect(status).toBe(202);
  return body;
};

const list = async (
  { api, slug: project }: TestProject,
  query: operations['list_build_jobs']['parameters']['query'] = {},
): Promise<BuildListAnswer> =>
  dataOf(await api.client.GET(`${inProject}/reports/build`, { params: { path: { project }, query } }));

const objectsOf = async (service: ServiceUnderTest, jobId: string): Promise<string[]> =>
  (await new TestBucket(service.bucket).keys()).filter((key) => key.includes(jobId));

/** Everything that was announced about a build, but its way through the queue and orders to the store. */
const announced = async (service: ServiceUnderTest, jobId: string): Promise<string[]> => {
  const rows = await rowsOf<{ type: string }>(
    service,
    `select type from events.outbox where aggregate_id = $1
       and type not in ('report.build_queued.v1', 'report.artifacts_discarded.v1') order by created_at`,
    [jobId],
  );
  return rows.map(({ type }) => type);
};

const nothingStored = async (service: ServiceUnderTest, jobId: string): Promise<void> => {
  await eventually(
    async () => ({
      objects: await objectsOf(service, jobId),
      rows: await rowsOf(service, 'select object_key from storage.artifact where build_id = $1', [jobId]),
    }),
    ({ objects, rows }) => objects.length === 0 && rows.length === 0,
    40_000,
  );
};

/** To which other statuses Postgres lets a copy of the build go from each, whoever asks. */
async function transitionsOf(
  { databaseUrls }: ServiceUnderTest,
  jobId: string,
  statuses: readonly string[],
): Promise<Record<string, string[]>> {
  const client = new Client({ connectionString: databaseUrls.superuser });
  await client.connect();
  const lease = `case when $2 = 'in_progress' then gen_random_uuid() end`;
  const goes = async (from: string, to: string): Promise<boolean> => {
    // Every other rule about the row holds, before and after.
    const { rows } = await client.query<{ id: string }>(
      `insert into builds.report_build (id, organization_id, workspace_id, project_id, status, plan, watermark, format,
         created_at, deadline_at, next_attempt_at, lease_token, object_key, sha256, file_size_bytes, error_code)
       select gen_random_uuid(), organization_id, workspace_id, project_id, $2, plan, watermark, format,
         created_at, deadline_at, next_attempt_at, ${lease}, 'key', 'hash', 1, 'unexpected'
       from builds.report_build where id = $1 returning id`,
      [jobId, from],
    );
    try {
      await client.query(`update builds.report_build set status = $2, lease_token = ${lease} where id = $1`, [
        rows[0]?.id,
        to,
      ]);
      return true;
    } catch (error) {
      if (error instanceof DatabaseError && error.message.includes(`no transition from ${from} to ${to}`)) return false;
      throw error;
    }
  };
  try {
    const found: Record<string, string[]> = {};
    for (const from of statuses) {
      found[from] = [];
      for (const to of statuses.filter((status) => status !== from)) {
        await client.query('begin');
        if (await goes(from, to)) found[from].push(to);
        await client.query('rollback');
      }
    }
    return found;
  } finally {
    await client.end();
  }
}

describe('build jobs that wait', () => {
  let front: ServiceUnderTest;

  beforeAll(async () => {
    front = await startService({ env: { APP_ROLE: 'api', BUILDS_IN_FLIGHT: '1000' } });
  });
  afterAll(async () => {
    await front.stop();
  });

  it('are listed newest first, by page and by a cursor that new builds do not disturb', async () => {
    const project = await projectWith(front, 3);
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) made.unshift((await accepted(project)).job_id);

    const first = await list(project, { limit: 2 });
    expect(first.builds.map(({ job_id: id }) => id)).toEqual(made.slice(0, 2));
    expect({ ...first, builds: [] }).toEqual({
      builds: [],
      page: 1,
      limit: 2,
      total: 5,
      total_pages: 3,
      has_next: true,
      has_previous: false,
      next_cursor: expect.stringMatching(/^[\w-]{1,120}$/) as string,
    });
    expect(await list(project, { limit: 2, page: 3 })).toMatchObject({
      builds: [{ job_id: made[4] }],
      page: 3,
      has_next: false,
      has_previous: true,
      next_cursor: null,
    });
    expect(await list(project, { limit: 2, page: 4 })).toMatchObject({ builds: [], has_next: false });

    const seen = first.builds.map(({ job_id: id }) => id);
    for (let cursor = first.next_cursor; cursor !== null;) {
      await accepted(project);
      const page = await list(project, { limit: 2, cursor });
      expect(page).toMatchObject({ page: null, has_previous: true, has_next: page.next_cursor !== null });
      seen.push(...page.builds.map(({ job_id: id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(made);
  });

  it('are listed by status, and bad parameters are refused where they stand', async () => {
    const project = await projectWith(front, 3);
    const [one, two] = [await accepted(project), await accepted(project)];
    await project.cancelBuild(one.job_id);

    const idsOf = async (...status: BuildAnswer['status'][]): Promise<string[]> =>
      (await list(project, { status })).builds.map(({ job_id: id }) => id);
    expect(await idsOf('cancelled')).toEqual([one.job_id]);
    expect(await idsOf('queued')).toEqual([two.job_id]);
    expect(await idsOf('queued', 'cancelled')).toEqual([two.job_id, one.job_id]);
    expect(await idsOf('completed')).toEqual([]);
    // A list may be written as one parameter a value, too.
    const { body: repeated } = await project.listBuilds('?status=queued&status=cancelled');
    expect(repeated.builds.map(({ job_id: id }) => id)).toEqual([two.job_id, one.job_id]);

    for (const [query, field] of [
      ['?limit=101', 'limit'],
      ['?page=0', 'page'],
      ['?status=done', 'status'],
      ['?cursor=bm9uc2Vuc2U', 'cursor'],
    ] as const) {
      const { status, body } = await project.listBuilds<Envelope>(query);
      expect({ query, status, field: body.errors?.[0]?.loc[1] }).toEqual({ query, status: 400, field });
    }
  });

  it('say their place in the queue, and move up when one before them is cancelled', async () => {
    const project = await projectWith(front, 3);
    const before = (await accepted(project)).progress.queue_position ?? 0;
    const builds = [await accepted(project), await accepted(project), await accepted(project)];
    expect(builds.map(({ progress }) => progress.queue_position)).toEqual([before + 1, before + 2, before + 3]);

    await project.cancelBuild(builds[0]?.job_id ?? '');

    const { builds: queued } = await list(project, { status: ['queued'] });
    expect(queued.map(({ progress }) => progress.queue_position)).toEqual([before + 2, before + 1, before]);
    expect((await project.readBuild(builds[2]?.job_id ?? '')).body.progress).toEqual({
      stage: null,
      percent: 0,
      queue_position: before + 2,
    });
    expect((await project.readBuild(builds[0]?.job_id ?? '')).body.progress.queue_position).toBeNull();
  });

  it('answer a poll with 304 until something changes', async () => {
    const project = await projectWith(front, 3);
    const { job_id: jobId } = await accepted(project);
    const first = await project.readBuild(jobId);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]+"$/);
    expect(first.headers.get('retry-after')).toBe('1');

    const same = await project.readBuild(jobId, { 'If-None-Match': `"other", ${tag}` });
    expect({ status: same.status, body: same.body, tag: same.headers.get('etag') }).toEqual({
      status: 304,
      body: '',
      tag,
    });

    await project.cancelBuild(jobId);
    const changed = await project.readBuild(jobId, { 'If-None-Match': tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('retry-after')).toBeNull();
    const again = await project.readBuild(jobId, { 'If-None-Match': changed.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  it('are cancelled once and for all, with the same answer each time', async () => {
    const project = await projectWith(front, 3);
    const { job_id: jobId } = await accepted(project);

    const answers = await Promise.all([1, 2, 3, 4].map(() => project.cancelBuild(jobId)));
    const later = await project.cancelBuild(jobId);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(later.body).toMatchObject({ status: 'cancelled', error_message: null, presigned_url: null });
    expect(later.body.completed_at).not.toBeNull();
    for (const { body } of answers) expect(body).toEqual(later.body);
    expect(await announced(front, jobId)).toEqual(['report.cancelled.v1']);
  });

  it('cannot be retried, but deleted; the second time there is nothing to delete', async () => {
    const project = await projectWith(front, 3);
    const { job_id: jobId } = await accepted(project);

    expect(await project.retryBuild(jobId)).toMatchObject({ status: 409, body: { type: 'conflict_error' } });
    expect((await project.deleteBuild(jobId)).status).toBe(204);

    for (const answer of [
      await project.deleteBuild(jobId),
      await project.cancelBuild(jobId),
      await project.retryBuild(jobId),
      await project.readBuild(jobId),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 404, type: 'not_found_error' } });
    }
    expect((await list(project)).total).toBe(0);
    expect(await announced(front, jobId)).toEqual(['report.cancelled.v1', 'report.deleted.v1']);
  });

  it('are found in their own project only', async () => {
    const [project, other] = [await projectWith(front, 3), await projectWith(front, 3)];
    const { job_id: jobId } = await accepted(project);

    for (const id of [jobId, unknown, 'no-uuid']) {
      for (const answer of [
        await other.readBuild(id),
        await other.cancelBuild(id),
        await other.retryBuild(id),
        await other.deleteBuild(id),
      ]) {
        expect(answer.status).toBe(404);
      }
    }
    expect((await project.readBuild(jobId)).body.status).toBe('queued');
  });

  it('let go of data that is deleted: what is done expires, what runs starts again or has failed, what waits waits', async () => {
    const project = await projectWith(front, 3);
    const [waits, runs, runsLast, done] = await Promise.all(
      [1, 2, 3, 4].map(async () => (await accepted(project)).job_id),
    );
    const [held] = await rowsOf<{ id: string }>(
      front,
      'select watermark[1] as id from builds.report_build where id = $1',
      [done],
    );
    // No worker is here: the rows are put where one would have brought them.
    await rowsOf(
      front,
      `update builds.report_build set status = 'in_progress', lease_token = gen_random_uuid(), progress_percent = 40,
         attempt = case when id = $1 then 5 else 1 end where id in ($1, $2, $3)`,
      [runsLast, runs, done],
    );
    await rowsOf(
      front,
      `update builds.report_build set status = 'completed', lease_token = null, object_key = 'key', sha256 = 'hash',
         file_size_bytes = 1, completed_at = now() where id = $1`,
      [done],
    );

    expect((await project.api.send('DELETE', project.path(`/imports/${held?.id ?? ''}`))).status).toBe(204);

    const rows = await rowsOf<{ id: string }>(
      front,
      `select b.id, b.status, b.attempt, b.lease_token as lease, b.progress_percent as percent, b.error_code as code,
         array(select o.type || ' ' || o.discriminator from events.outbox o where o.aggregate_id = b.id order by 1) as said
       from builds.report_build b where b.id = any($1)`,
      [[waits, runs, runsLast, done]],
    );
    const accepts = 'report.build_queued.v1 0';
    const stored = 'report.artifacts_discarded.v1';
    expect(Object.fromEntries(rows.map(({ id, ...row }) => [id, row]))).toEqual({
      [waits ?? '']: { status: 'queued', attempt: 0, lease: null, percent: 0, code: null, said: [accepts] },
      [runs ?? '']: {
        status: 'queued',
        attempt: 1,
        lease: null,
        percent: 0,
        code: null,
        said: [accepts, 'report.build_queued.v1 data-deleted-1'],
      },
      [runsLast ?? '']: {
        status: 'failed',
        attempt: 5,
        lease: null,
        percent: 0,
        code: 'data_deleted',
        said: [`${stored} failed`, accepts, 'report.failed.v1 '],
      },
      [done ?? '']: {
        status: 'expired',
        attempt: 1,
        lease: null,
        percent: 40,
        code: null,
        said: [`${stored} expired`, accepts],
      },
    });
  });

  it('go from status to status as the ledger has it, and the database takes no other way', async () => {
    const { job_id: jobId } = await accepted(await projectWith(front, 3));
    const statuses = Object.keys(buildTransitions);
    expect(await transitionsOf(front, jobId, statuses)).toEqual(buildTransitions);
  });
});

/** Runs whose rendering outlasts the heartbeat by far. */
const longReport = atLength(4_000, 12_000);

/** Earlier after a build that was done, later after one that was not: the moments gather about its end. */
const nearer = (completed: boolean): number => (completed ? 0.8 : 1.2);

describe('build jobs that run', () => {
  let service: ServiceUnderTest;

  beforeAll(async () => {
    service = await startService({ env: { BUILD_LEASE_SECONDS: atLength('2', '6'), BUILD_SWEEP_SECONDS: '1' } });
  });
  afterAll(async () => {
    await service.stop();
  });

  it('stop within a heartbeat when they are cancelled, leave nothing in the store, and free their worker', async () => {
    const project = await projectWith(service, 2 * longReport);
    const small = await projectWith(service, 5);
    const { job_id: jobId } = await accepted(project);
    await eventually(
      () => project.readBuild(jobId),
      // Half-way: its bytes are already leaving for the store.
      ({ body }) => body.status === 'in_progress' && body.progress.percent > 0,
    );

    const { status, body } = await project.cancelBuild(jobId);

    expect({ status, state: body.status }).toEqual({ status: 200, state: 'cancelled' });
    await eventually(
      () =>
        service
          .logs()
          .split('\n')
          .filter((line) => line.includes('no longer ours') && line.includes(jobId)),
      (lines) => lines.length === 1,
      10_000,
    );
    expect(await small.ended((await accepted(small)).job_id)).toMatchObject({ status: 'completed' });
    await nothingStored(service, jobId);
    expect(await announced(service, jobId)).toEqual(['report.cancelled.v1']);
    expect((await project.readBuild(jobId)).body).toMatchObject({ status: 'cancelled', sha256: null });
  });

  it('are stopped by a delete, too', async () => {
    const project = await projectWith(service, longReport);
    const { job_id: jobId } = await accepted(project);
    await eventually(
      () => project.readBuild(jobId),
      ({ body }) => body.status === 'in_progress',
    );

    expect((await project.deleteBuild(jobId)).status).toBe(204);

    expect((await project.readBuild(jobId)).status).toBe(404);
    await nothingStored(service, jobId);
    await eventually(
      () => service.logs(),
      (logs) => logs.split('\n').some((line) => line.includes('no longer ours') && line.includes(jobId)),
    );
    expect(await announced(service, jobId)).toEqual(['report.cancelled.v1', 'report.deleted.v1']);
  });

  it('say how far they are, and never less than before', async () => {
    const project = await projectWith(service, longReport);
    const { job_id: jobId } = await accepted(project);
    const seen: BuildAnswer['progress'][] = [];

    await eventually(
      async () => {
        const { body } = await project.readBuild(jobId);
        seen.push(body.progress);
        return body;
      },
      ({ status }) => status === 'completed',
      120_000,
    );

    const percents = seen.map(({ percent }) => percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.some((percent) => percent > 0 && percent < 100)).toBe(true);
    expect(seen.at(-1)).toEqual({ stage: 'done', percent: 100, queue_position: null });
  });

  it('end in exactly one way when a cancel meets their completion', async () => {
    const project = await projectWith(service, 40);
    let looks = await project.looksInLife();
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < 12; round += 1) {
      const { job_id: jobId } = await accepted(project);
      await project.look(jobId, Math.round(looks));
      const cancel = await project.cancelBuild(jobId);
      const build = await project.ended(jobId);
      outcomes[build.status] = (outcomes[build.status] ?? 0) + 1;
      looks *= nearer(build.status === 'completed');
      if (cancel.status === 200) {
        expect(build.status).toBe('cancelled');
        expect(await announced(service, jobId)).toEqual(['report.cancelled.v1']);
        await nothingStored(service, jobId);
      } else {
        expect(cancel).toMatchObject({ status: 409, body: { type: 'conflict_error' } });
        expect(build.status).toBe('completed');
        expect(await announced(service, jobId)).toEqual(['report.completed.v1']);
        expect(await objectsOf(service, jobId)).toHaveLength(1);
        expect((await download(build)).length).toBe(build.file_size_bytes);
      }
    }
    process.stderr.write(`cancel against completion: ${JSON.stringify(outcomes)}\n`);
  });

  it('are gone without a trace when a delete meets their completion', async () => {
    const project = await projectWith(service, 40);
    let looks = await project.looksInLife();
    const deleted: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const { job_id: jobId } = await accepted(project);
      await project.look(jobId, Math.round(looks));
      expect((await project.deleteBuild(jobId)).status).toBe(204);
      deleted.push(jobId);
      looks *= nearer((await announced(service, jobId)).includes('report.completed.v1'));
    }
    for (const jobId of deleted) {
      await nothingStored(service, jobId);
      const [ending, ...rest] = await announced(service, jobId);
      expect(['report.cancelled.v1', 'report.completed.v1']).toContain(ending);
      expect(rest).toEqual(['report.deleted.v1']);
    }
    expect((await list(project)).total).toBe(1);
  });
});

describe('build jobs that have ended', () => {
  let service: ServiceUnderTest;
  let store: Awaited<ReturnType<typeof startStoreProxy>>;

  beforeAll(async () => {
    store = await startStoreProxy(testStack().store.endpoint);
    service = await startService({ env: { BUILD_SWEEP_SECONDS: '1', S3_ENDPOINT: store.endpoint } });
  });
  afterAll(async () => {
    await service.stop();
    await store.stop();
  });

  const completed = async (project: TestProject): Promise<BuildAnswer> => {
    const build = await project.ended((await accepted(project)).job_id);
    expect(build.status).toBe('completed');
    return build;
  };
  const statusOfLink = async (build: BuildAnswer): Promise<number> => (await fetch(build.presigned_url ?? '')).status;

  it('cannot be cancelled when they are completed, and are never answered with 304', async () => {
    const project = await projectWith(service, 5);
    const build = await completed(project);

    expect(await project.cancelBuild(build.job_id)).toMatchObject({
      status: 409,
      body: { type: 'conflict_error', detail: 'The build is completed; it cannot be cancelled any more.' },
    });
    const poll = await project.readBuild(build.job_id, { 'If-None-Match': '*' });
    expect(poll.status).toBe(200);
    expect(poll.headers.get('etag')).toBeNull();
    expect(poll.headers.get('cache-control')).toBe('no-store');
    const [listed] = (await list(project)).builds;
    expect(listed).toMatchObject({ job_id: build.job_id, status: 'completed', presigned_url: null });
    expect(await statusOfLink(poll.body)).toBe(200);
  });

  it('lose their object with a delete: the link that is out is dead at once', async () => {
    const project = await projectWith(service, 5);
    const [build, kept] = [await completed(project), await completed(project)];
    expect(await statusOfLink(build)).toBe(200);

    expect((await project.deleteBuild(build.job_id)).status).toBe(204);

    expect(await statusOfLink(build)).toBe(404);
    expect(await objectsOf(service, build.job_id)).toEqual([]);
    expect((await project.deleteBuild(build.job_id)).status).toBe(404);
    expect(await statusOfLink(kept)).toBe(200);
    expect((await list(project)).builds.map(({ job_id: id }) => id)).toEqual([kept.job_id]);
  });

  it('lose their object even when the store was away and the service died after the delete', async () => {
    const project = await projectWith(service, 5);
    const build = await completed(project);
    store.goAway();
    const from = performance.now();

    expect((await project.deleteBuild(build.job_id)).status).toBe(204);

    expect(performance.now() - from).toBeLessThan(4_000);
    await service.kill();
    expect(await objectsOf(service, build.job_id)).toHaveLength(1);
    store.comeBack();
    await service.restart();
    await nothingStored(service, build.job_id);
    expect((await project.readBuild(build.job_id)).status).toBe(404);
  });

  it('expire when somebody removed their object, which a poll finds out without waiting for the store', async () => {
    const project = await projectWith(service, 5);
    const build = await completed(project);
    store.goAway();
    const from = performance.now();
    expect((await project.readBuild(build.job_id)).body.status).toBe('completed');
    expect(performance.now() - from).toBeLessThan(1_000);
    store.comeBack();
    const [key = ''] = await objectsOf(service, build.job_id);
    await new TestBucket(service.bucket).remove(key);

    const seen = await eventually(
      () => project.readBuild(build.job_id),
      ({ body }) => body.status !== 'completed',
      60_000,
    );

    expect(seen.body).toMatchObject({ status: 'expired', presigned_url: null, url_expires_at: null });
    expect(await project.cancelBuild(build.job_id)).toMatchObject({ status: 409 });
    const retried = await project.retryBuild(build.job_id);
    expect(await project.ended(retried.body.job_id)).toMatchObject({
      status: 'completed',
      retry_of: build.job_id,
      sha256: build.sha256,
    });
  });

  it('are retried with their frozen plan, on the imports that they saw', async () => {
    const project = await projectWith(service, 5);
    const first = await completed(project);
    await project.import(airtFile({ id: 'late', name: 'Late' }, [{ id: 'late-1', score: 0.9 }]));

    const { status, headers, body } = await project.retryBuild(first.job_id);

    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'queued', retry_of: first.job_id, presigned_url: null });
    expect(body.job_id).not.toBe(first.job_id);
    expect(headers.get('location')).toBe(project.path(`/reports/build/${body.job_id}`));
    expect(headers.get('retry-after')).toBe('1');
    const second = await project.ended(body.job_id);
    expect(second).toMatchObject({ status: 'completed', sha256: first.sha256, retry_of: first.job_id });
    expect(withoutSpace(await readPdfText(await download(second)))).not.toContain('Goaloflate-1');
    expect((await project.readBuild(first.job_id)).body).toMatchObject({ status: 'completed', retry_of: null });
  });

  it('are retried once for one key, however often and how parallel it is sent', async () => {
    const project = await projectWith(service, 5);
    const first = await completed(project);
    const other = await completed(project);
    const key = { 'Idempotency-Key': 'retry it' };

    const answers = await Promise.all(Array.from({ length: 20 }, () => project.retryBuild(first.job_id, key)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.job_id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect((await list(project)).total).toBe(3);
    expect(await project.retryBuild(other.job_id, key)).toMatchObject({
      status: 409,
      body: { type: 'idempotency_key_reused_error' },
    });
    // The same key on another route is another key.
    expect((await project.build(undefined, key)).status).toBe(202);
  });
});
