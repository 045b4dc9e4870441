import { randomBytes } from 'node:crypto';
import { type IncomingMessage, get } from 'node:http';

import { Client } from 'pg';

import type { TestApi } from '../support/api.ts';
import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { eventually } from '../support/eventually.ts';
import { makeOperator, makeOrganization } from '../support/make-organization.ts';
import { TestProject } from '../support/project.ts';
import { rowsOf } from '../support/rows.ts';
import { type ServiceUnderTest, startService } from '../support/service.ts';

const counted = (statuses: readonly number[]): Readonly<Record<number, number>> =>
  statuses.reduce<Record<number, number>>((sums, status) => ({ ...sums, [status]: (sums[status] ?? 0) + 1 }), {});

describe('readers of one organization', () => {
  let service: ServiceUnderTest;
  let attacker: TestApi;
  let victim: TestApi;

  beforeAll(async () => {
    service = await startService({
      env: { RATE_LIMIT: 'on', EXPORTS_AT_ONCE: '4', EXPORTS_PER_ORGANIZATION: '2', EXPORT_MAX_SECONDS: '10' },
    });
    const operator = await makeOperator(service);
    attacker = await makeOrganization(service.baseUrl, operator, 'loud');
    victim = await makeOrganization(service.baseUrl, operator, 'quiet');
    const project = await TestProject.make(attacker, 'many');
    for (const id of ['one', 'two', 'three']) {
      expect((await project.import(airtFile({ id }, spreadRuns(20)))).status).toBe(201);
    }
  });
  afterAll(() => service.stop());

  it('lists assessments forty at a time, and all are answered, theirs and those of others', async () => {
    const lists = Array.from({ length: 40 }, () => attacker.get(`${attacker.airt}/assessments`));
    const others = Array.from({ length: 5 }, () => victim.get(`${victim.airt}/projects`));

    expect(counted((await Promise.all(lists)).map(({ status }) => status))).toEqual({ 200: 40 });
    expect(counted((await Promise.all(others)).map(({ status }) => status))).toEqual({ 200: 5 });
  });

  it('keeps half of the connections busy, and others are served meanwhile', async () => {
    const { body } = await attacker.get<{ assessments: { id: string; project_id: string }[] }>(
      `${attacker.airt}/assessments`,
    );
    const [slow] = body.assessments;
    const locks = new Client(service.databaseUrls.owner);
    await locks.connect();
    // Whoever changes something of this project waits for the lock, with a connection in hand.
    await locks.query('select pg_advisory_lock(hashtextextended($1, 0))', [slow?.project_id]);
    const change = { body: { description: 'Changed twenty times' } };
    const waiting = Array.from({ length: 20 }, () =>
      attacker.send('PATCH', `${attacker.airt}/assessments/${slow?.id ?? ''}`, change),
    );
    await eventually(
      () =>
        rowsOf<{ n: number }>(
          service,
          `select count(*)::int as n from pg_stat_activity where wait_event = 'advisory' and datname = current_database()`,
        ),
      ([waits]) => waits?.n === 6,
    );

    const others = await Promise.all(Array.from({ length: 12 }, () => victim.get(`${victim.airt}/projects`)));
    expect(counted(others.map(({ status }) => status))).toEqual({ 200: 12 });
    expect((await victim.get('/health/ready')).status).toBe(200);

    await locks.query('select pg_advisory_unlock_all()');
    await locks.end();
    // Who had to wait for more than 5 s for a connection was told to come again.
    const { 200: changed = 0, 503: busy = 0 } = counted((await Promise.all(waiting)).map(({ status }) => status));
    expect(changed).toBeGreaterThanOrEqual(6);
    expect(changed + busy).toBe(20);
  });

  it('reads exports without reading them, and holds up nobody; each is cut when its time is over', async () => {
    const project = await TestProject.make(attacker, 'large');
    // More than the buffers of a connection take, also when it is compressed.
    const response = (): string => randomBytes(250_000).toString('hex');
    const runs = Array.from({ length: 40 }, (_, n) => ({ id: `run-${n}`, score: 0.9, response: response() }));
    expect((await project.import(airtFile({ id: 'texts' }, runs))).status).toBe(201);
    const path = (n: number): string => project.path(n % 2 === 0 ? '/export' : '/findings/export');

    const answers = await Promise.all(Array.from({ length: 14 }, (_, n) => unread(service, attacker, path(n))));
    expect(counted(answers.map(({ statusCode }) => statusCode ?? 0))).toEqual({ 200: 2, 429: 12 });
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused.every(({ headers }) => Number(headers['retry-after']) >= 1)).toBe(true);
    const slow = answers.filter(({ statusCode }) => statusCode === 200);
    const cut = slow.map((answer) => new Promise((resolve) => answer.once('close', resolve).once('error', resolve)));

    const own = await TestProject.make(victim, 'own');
    for (let round = 0; round < 10; round += 1) {
      const lists = Array.from({ length: 4 }, () => victim.get(`${victim.airt}/projects`));
      expect(counted((await Promise.all(lists)).map(({ status }) => status))).toEqual({ 200: 4 });
    }
    expect((await own.import(airtFile({ id: 'own' }, spreadRuns(3)))).status).toBe(201);
    expect((await victim.get(own.path('/export'))).status).toBe(200);
    expect((await victim.get('/health/ready')).status).toBe(200);

    await eventually(
      async () => (await attacker.get(project.path('/findings/export'))).status,
      (status) => status === 200,
    );
    for (const answer of slow) answer.resume();
    await Promise.all(cut);
    expect(slow.map(({ complete }) => complete)).toEqual([false, false]);
  });
});

/** An answer whose body nobody takes from the connection. */
function unread(service: ServiceUnderTest, api: TestApi, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${api.key}` };
    get(`${service.baseUrl}${path}`, { agent: false, headers }, (answer) => {
      answer.pause().on('error', () => undefined);
      resolve(answer);
    }).once('error', reject);
  });
}
