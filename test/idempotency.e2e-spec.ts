import { atLength } from '#testing';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import type { ApiAnswer } from './support/api.ts';
import { TestApi } from './support/api.ts';
import { TestBucket } from './support/bucket.ts';
import { type BuildAnswer, type Envelope, TestProject, usualSections } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

type Answer = ApiAnswer<BuildAnswer & Envelope>;

const rounds = atLength(5, 20);

describe('a build with an Idempotency-Key', () => {
  let one: SharedService;
  let project: TestProject;
  let beside: TestApi;

  beforeAll(async () => {
    one = await sharedService();
    const { baseUrl } = await sharedService('tight');
    const { org, workspace, key } = one.api;
    beside = new TestApi(() => baseUrl, org, workspace, key);
    project = await TestProject.make(one.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(5)));
  });

  /** Fifty at once, over as many processes as there are APIs. */
  const fifty = (apis: readonly TestApi[], key: string): Promise<Answer[]> =>
    Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const api = apis[index % apis.length] ?? one.api;
        return api.post<BuildAnswer & Envelope>(
          project.path('/reports/build'),
          { preset: { sections: usualSections } },
          { headers: { 'Idempotency-Key': key } },
        );
      }),
    );

  /** What fifty answers with one key may be, and what is left behind. */
  const expectOneBuild = async (answers: readonly Answer[], key: string): Promise<string> => {
    const taken = answers.filter(({ status }) => status === 202);
    const later = answers.filter(({ status }) => status !== 202);
    for (const { status, headers, body } of later) {
      expect({ status, type: body.type }).toEqual({ status: 409, type: 'idempotency_in_progress_error' });
      expect(headers.get('retry-after')).not.toBeNull();
    }
    const [jobId = '', ...others] = new Set(taken.map(({ body }) => body.job_id));
    expect(others).toEqual([]);
    expect(taken.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    for (const { body } of taken) expect(body).toEqual(taken[0]?.body);
    const rows = await rowsOf(
      one,
      `select k.build_id, b.status is not null as there,
         (select count(*)::int from events.outbox o where o.aggregate_id = k.build_id and o.type = 'report.build_queued.v1') as events
       from builds.idempotency_key k left join builds.report_build b on b.id = k.build_id where k.key = $1`,
      [key],
    );
    expect(rows).toEqual([{ build_id: jobId, there: true, events: 1 }]);
    return jobId;
  };

  it.each([
    ['one process', () => [one.api]],
    ['two processes', () => [one.api, beside]],
  ] as const)(
    `is made once for fifty parallel requests to %s, ${rounds} times out of ${rounds}`,
    async (name, apis) => {
      const before = (await project.listBuilds('?limit=1')).body.total;
      const jobs: string[] = [];
      let retried = 0;
      for (let round = 1; round <= rounds; round += 1) {
        const key = `${name}, round ${round}`;
        const answers = await fifty(apis(), key);
        retried += answers.filter(({ status }) => status === 409).length;
        jobs.push(await expectOneBuild(answers, key));
      }
      process.stderr.write(
        `${name}: ${rounds} builds of ${rounds * 50} requests, ${retried} were told to come again\n`,
      );

      expect(new Set(jobs).size).toBe(rounds);
      expect((await project.listBuilds('?limit=1')).body.total).toBe(before + rounds);
      for (const jobId of jobs) {
        expect((await project.ended(jobId)).status).toBe('completed');
        const keys = await new TestBucket(one.bucket).keys();
        expect(keys.filter((key) => key.includes(jobId))).toHaveLength(1);
        const events = await rowsOf(
          one,
          `select type from events.outbox where aggregate_id = $1 and type = 'report.completed.v1'`,
          [jobId],
        );
        expect(events).toHaveLength(1);
      }
    },
  );

  it('is answered as the first time, also when it has ended or is gone', async () => {
    const key = { 'Idempotency-Key': 'again and again' };
    const first = await project.build(undefined, key);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    await project.ended(first.body.job_id);

    const second = await project.build(undefined, key);
    await project.deleteBuild(first.body.job_id);
    const third = await project.build(undefined, key);

    for (const { status, headers, body } of [second, third]) {
      expect(status).toBe(202);
      expect(headers.get('idempotent-replayed')).toBe('true');
      expect(headers.get('location')).toBe(project.path(`/reports/build/${first.body.job_id}`));
      expect(body).toEqual(first.body);
    }
  });

  it('refuses another body with the key, whatever the order of its fields', async () => {
    const key = { 'Idempotency-Key': 'one body' };
    const send = (body: object): Promise<Answer> =>
      one.api.post(project.path('/reports/build'), body, { headers: key });
    const first = await send({ preset: { sections: usualSections, format: 'pdf' } });
    const same = await send({ preset: { format: 'pdf', sections: usualSections } });
    const other = await send({ preset: { sections: ['methodology'] } });

    expect(same.body.job_id).toBe(first.body.job_id);
    expect(other).toMatchObject({ status: 409, body: { code: 409, type: 'idempotency_key_reused_error' } });
  });

  it('keeps no key of a request that was refused', async () => {
    const key = { 'Idempotency-Key': 'refused first' };
    const none = { sections: ['findings'], filters: { attack_name: ['no such attack'] } };

    expect((await project.build(none, key)).status).toBe(422);
    expect((await project.build({ sections: ['nonsense'] }, key)).status).toBe(400);
    expect((await project.build(undefined, key)).status).toBe(202);
  });

  it('is made anew by a key older than a day, swept or not', async () => {
    const key = { 'Idempotency-Key': 'yesterday' };
    const first = await project.build(undefined, key);
    await rowsOf(
      one,
      `update builds.idempotency_key set created_at = now() - interval '24 hours 1 second' where key = 'yesterday'`,
    );

    const answers = await Promise.all([1, 2, 3].map(() => project.build(undefined, key)));

    expect(new Set(answers.map(({ body }) => body.job_id)).size).toBe(1);
    expect(answers[0]?.body.job_id).not.toBe(first.body.job_id);
  });
});
