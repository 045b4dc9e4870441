import type { TestApi } from '../support/api.ts';
import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { makeOperator, makeOrganization } from '../support/make-organization.ts';
import { TestProject } from '../support/project.ts';
import { type ServiceUnderTest, startService } from '../support/service.ts';

const counted = (statuses: readonly number[]): Readonly<Record<number, number>> =>
  statuses.reduce<Record<number, number>>((sums, status) => ({ ...sums, [status]: (sums[status] ?? 0) + 1 }), {});

describe('readers of one organization', () => {
  let service: ServiceUnderTest;
  let attacker: TestApi;
  let victim: TestApi;

  beforeAll(async () => {
    service = await startService({ env: { RATE_LIMIT: 'on' } });
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
});
