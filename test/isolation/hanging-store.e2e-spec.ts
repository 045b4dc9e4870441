import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { PNG } from 'pngjs';
import { Readiness, readConfig } from '#platform';
import { ObjectStore } from '../../apps/report-service/src/storage/object-store.ts';
import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { eventually } from '../support/eventually.ts';
import { TestProject } from '../support/project.ts';
import { rowsOf } from '../support/rows.ts';
import { createBucket, startService, type ServiceUnderTest } from '../support/service.ts';
import { startStoreProxy, type StoreProxy } from '../support/store-proxy.ts';
import { testStack } from '../support/test-stack.ts';

describe('a request to a store that takes connections and never answers', () => {
  let store: StoreProxy;

  beforeAll(async () => {
    store = await startStoreProxy(testStack().store.endpoint);
  });
  afterAll(() => store.stop());

  it('ends by itself, whatever was asked, and leaves no connection behind', async () => {
    const { accessKey, secretKey, region } = testStack().store;
    const objects = new ObjectStore(
      readConfig({
        DATABASE_URL: 'postgres://127.0.0.1/unused',
        S3_ENDPOINT: store.endpoint,
        S3_ACCESS_KEY: accessKey,
        S3_SECRET_KEY: secretKey,
        S3_REGION: region,
        S3_BUCKET: await createBucket(),
        S3_IDLE_SECONDS: '1',
      }),
      new Readiness(),
    );
    const key = `reports/${randomUUID()}/1.pdf`;
    const put = (): Promise<unknown> =>
      objects.put(key, Readable.from([Buffer.alloc(6 * 1024 * 1024)]), 'application/pdf');
    await put();
    const body = await objects.get(key);

    store.hang();

    const late = { code: 'storage_timeout' };
    await Promise.all([
      expect(put()).rejects.toMatchObject(late),
      expect(objects.size(key)).rejects.toMatchObject(late),
      expect(objects.get(key)).rejects.toMatchObject(late),
      expect(objects.remove(key)).rejects.toMatchObject(late),
      expect(body.toArray()).rejects.toThrow(),
      expect(objects.size(key, AbortSignal.timeout(50))).rejects.toMatchObject({ code: 'storage' }),
    ]);
    await eventually(store.callers, (count) => count === 0);
    store.comeBack();
    await put();
    expect(await objects.size(key)).toBe(6 * 1024 * 1024);
  });
});

describe('while the store takes connections and never answers', () => {
  let store: StoreProxy;
  let service: ServiceUnderTest;
  let project: TestProject;

  beforeAll(async () => {
    store = await startStoreProxy(testStack().store.endpoint);
    // Nothing here may wait for a request to the store to end by itself.
    const env = { S3_ENDPOINT: store.endpoint, S3_IDLE_SECONDS: '600', BUILD_SWEEP_SECONDS: '1' };
    service = await startService({ env });
    project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(5)));
  });
  afterEach(() => {
    store.comeBack();
  });
  afterAll(async () => {
    await service.stop();
    await store.stop();
  });

  const storing = async (count: number): Promise<readonly string[]> => {
    const jobs: string[] = [];
    for (let n = 0; n < count; n += 1) jobs.push((await project.build()).body.job_id);
    await eventually(
      () => Promise.all(jobs.map(async (job) => (await project.readBuild(job)).body.progress.stage)),
      (stages) => stages.every((stage) => stage === 'storing'),
    );
    return jobs;
  };

  it('a cancel frees the slot of a build, also when the store is back but never answers what it was asked', async () => {
    store.hang();
    const stuck = await storing(2);
    store.comeBack();
    const next = (await project.build()).body.job_id;

    for (const job of stuck) expect((await project.cancelBuild(job)).status).toBe(200);

    expect(await project.ended(next, 15_000)).toMatchObject({ status: 'completed' });
  });

  it('readiness says so in time, and keeps no connection of its question', async () => {
    store.hang();
    const before = store.callers();

    const answers = await Promise.all(Array.from({ length: 10 }, () => service.api.get('/health/ready')));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    await eventually(store.callers, (count) => count <= before, 5_000);
    store.comeBack();
    await eventually(
      () => service.api.get('/health/ready'),
      ({ status }) => status === 200,
      10_000,
    );
  });

  it('a deadline ends builds that are under way, and frees their slots without a restart', async () => {
    await service.restart({ BUILD_DEADLINE_SECONDS: '10' });
    store.hang();
    const stuck = await storing(2);

    for (const job of stuck) {
      expect(await project.ended(job, 25_000)).toMatchObject({
        status: 'failed',
        error_message: 'The report was not finished within the time allowed for it.',
      });
    }

    store.comeBack();
    const next = (await project.build()).body.job_id;
    expect(await project.ended(next, 10_000)).toMatchObject({ status: 'completed' });
  });

  it('a deleted project with pictures holds up no event, and its pictures go when the store is back', async () => {
    const other = await TestProject.make(service.api);
    const form = new FormData();
    const png = new Uint8Array(PNG.sync.write(new PNG({ width: 4, height: 4 })));
    form.append('file', new Blob([png]), 'logo.png');
    const answer = await fetch(`${service.baseUrl}${other.path('/branding/logo')}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${service.api.key}` },
      body: form,
    });
    expect(answer.status).toBe(201);
    store.hang();

    expect((await service.api.send('DELETE', other.path(''))).status).toBe(204);

    await eventually(
      () => rowsOf(service, 'select type from events.outbox where sent_at is null'),
      (unsent) => unsent.length === 0,
    );
    expect(await rowsOf(service, 'select object_key from storage.image')).toHaveLength(1);
  });
});
