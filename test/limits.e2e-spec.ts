import { Client } from 'pg';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { type ApiAnswer, TestApi } from './support/api.ts';
import { makeOperator, makeOrganization } from './support/make-organization.ts';
import { TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { type ServiceUnderTest, startService } from './support/service.ts';

const parallel = <T>(times: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, n) => work(n)));

function expectRefusal(answer: ApiAnswer<unknown>): void {
  expect(answer).toMatchObject({ status: 429, body: { code: 429, type: 'rate_limit_error' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
}

const quota = 80;
let first: ServiceUnderTest;
let second: ServiceUnderTest;
let operator: string;

beforeAll(async () => {
  const env = {
    // Without a worker a build stays under way.
    APP_ROLE: 'api',
    RATE_LIMIT: 'on',
    RATE_LIMIT_WINDOW_SECONDS: '3600',
    RATE_LIMIT_PER_CALLER: String(quota),
    RATE_LIMIT_EXPENSIVE_PER_CALLER: '30',
    RATE_LIMIT_FAILURES_PER_ADDRESS: '5',
    BUILDS_IN_FLIGHT: '2',
  };
  first = await startService({ env });
  second = await startService({ beside: first, env });
  operator = await makeOperator(first);
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

describe('the quota of a caller', () => {
  const list = (service: ServiceUnderTest): Promise<ApiAnswer<unknown>> =>
    service.api.get(`${service.api.airt}/projects`);

  it('is told on every answer, in structured fields', async () => {
    const { status, headers } = await list(first);

    expect(status).toBe(200);
    expect(headers.get('ratelimit-policy')).toBe('"caller";q=80;w=3600, "organization";q=6000;w=3600');
    expect(headers.get('ratelimit')).toMatch(/^"caller";r=79;t=\d+, "organization";r=5999;t=\d+$/);
    const refused = await first.api.get(first.api.project('nowhere', '/findings'));
    expect(refused.status).toBe(404);
    expect(refused.headers.get('ratelimit')).toContain('"caller";r=78;');
  });

  it('is one for all processes: no more than it pass, and those that hold points use them', async () => {
    const answers = (
      await parallel(quota, async () => [await list(first), await list(second), await list(first)])
    ).flat();

    const passed = answers.filter(({ status }) => status === 200).length;
    // Two were used before.
    expect(passed).toBe(quota - 2);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectRefusal(answer);
    for (const service of [first, second]) expectRefusal(await list(service));
  });

  it('is not asked for by health checks or the documentation', async () => {
    for (const path of ['/health/live', '/health/ready', '/openapi.json']) {
      const answer = await first.api.get(path);
      expect({ path, status: answer.status }).toEqual({ path, status: 200 });
      expect(answer.headers.get('ratelimit')).toBeNull();
    }
  });
});

describe('when the counters do not answer', () => {
  it('requests are counted in memory, and none fails or waits long', async () => {
    const api = await makeOrganization(first.baseUrl, operator, 'red-team');
    const lock = new Client({ connectionString: first.databaseUrls.superuser });
    await lock.connect();
    try {
      await lock.query('begin; lock table limits.rate in access exclusive mode');
      const { org, workspace, key } = api;
      const unasked = new TestApi(() => second.baseUrl, org, workspace, key);
      const begun = Date.now();
      const answers = await parallel(quota + 5, () => unasked.get(`${api.airt}/projects`));

      expect(answers.filter(({ status }) => status === 200)).toHaveLength(quota);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
      expect(Date.now() - begun).toBeLessThan(5_000);
      expect(second.logs()).toContain('counted in memory');
    } finally {
      await lock.end();
    }
  });
});

// The last: from then on the address has to wait with a key that is new.
describe('beside the quota of all requests', () => {
  let api: TestApi;
  let project: TestProject;
  const file = airtFile({ id: 'a', name: 'A' }, spreadRuns(5));
  const build = (key?: string): Promise<ApiAnswer<unknown>> =>
    api.post(
      project.path('/reports/build'),
      { preset: { sections: ['findings'] } },
      { headers: key === undefined ? {} : { 'Idempotency-Key': key } },
    );

  beforeAll(async () => {
    api = await makeOrganization(first.baseUrl, operator, 'red-team');
    project = await TestProject.make(api);
    await project.import(file);
  });

  it('an organization has so many builds under way, and not one more', async () => {
    const answers = await parallel(10, (n) => build(`key-${n}`));

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(2);
    for (const answer of answers.filter(({ status }) => status !== 202)) expectRefusal(answer);
    const rows = await rowsOf(first, 'select from builds.report_build');
    expect(rows).toHaveLength(2);
  });

  it('a repeated request is answered as before and counts for no build', async () => {
    const answers = await parallel(10, (n) => build(`key-${n}`));

    const replayed = answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true');
    expect(replayed.map(({ status }) => status)).toEqual([202, 202]);
  });

  it('a build that has ended makes room for another', async () => {
    await rowsOf(
      first,
      `update builds.report_build set status = 'cancelled', completed_at = now()
       where id = (select id from builds.report_build limit 1)`,
    );
    expect([(await build()).status, (await build()).status]).toEqual([202, 429]);
  });

  it('what is expensive has quotas of its own, and reads go on', async () => {
    const answers = await parallel(30, () => project.import(file));

    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) expectRefusal(answer);
    expect(refused[0]?.headers.get('ratelimit')).toContain('"expensive-caller";r=0;');
    expect((await project.findings()).status).toBe(200);
  });

  it('an address whose keys are refused again and again has to wait, but a key that is good goes on', async () => {
    const guess = (n: number): Promise<ApiAnswer<unknown>> =>
      api.get(`${api.airt}/projects`, { key: `airt_${String(n).padStart(38, '0')}` });

    for (let n = 0; n < 5; n += 1) expect((await guess(n)).status).toBe(401);
    for (let n = 5; n < 8; n += 1) expectRefusal(await guess(n));
    expect((await project.findings()).status).toBe(200);
  });
});
