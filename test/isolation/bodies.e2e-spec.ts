import { Agent, get } from 'node:http';

import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { TestProject } from '../support/project.ts';
import { sharedOrganization, type SharedService } from '../support/shared-service.ts';

/** For which no request may keep the others from being answered, ms. */
const longestStall = 200;

let service: SharedService;
let project: TestProject;

beforeAll(async () => {
  service = await sharedOrganization();
  project = await TestProject.make(service.api);
  await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(3)));
});

const list = (count: number, item: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => item(n)).join(',');
const member = (name: string, value: string): string => `${JSON.stringify(name)}:${value}`;
const object = (count: number, value: (n: number) => string, name = (n: number): string => `m${n}`): string =>
  `{${list(count, (n) => member(name(n), value(n)))}}`;
const one = (): string => '1';

/** Bodies of a little less than the mebibyte that is read, the first ones as somebody without a plan would find them. */
const shapes: readonly (readonly [string, string])[] = [
  ['90,000 members', object(90_000, one)],
  ['90,000 members of a member', `{"preset":${object(90_000, one)}}`],
  ['members named by numbers far apart', object(60_000, one, (n) => String(4_294_000_000 - n * 64))],
  ['members named by numbers', object(70_000, one, (n) => String(n * 256))],
  ['members of 60 objects, 300 each', `{"preset":{"filters":[${list(60, () => object(300, one))}]}}`],
  ['10 objects of 1,000 members each', `{"preset":{"sections":[${list(10, () => object(1_000, one))}]}}`],
  ['one member 80,000 times', `{${list(80_000, () => '"preset":1')}}`],
  ['400,000 items', `{"preset":{"sections":[${list(400_000, one)}]}}`],
  ['1,000 items of 900 characters', `{"preset":{"sections":[${list(1_000, (n) => `"${n}${'x'.repeat(900)}"`)}]}}`],
  ['150,000 empty objects', `{"preset":{"sections":[${list(150_000, () => '{}')}]}}`],
  ['1,000 lists of 19 items', `{"preset":{"sections":[${list(1_000, () => `[${list(19, one)}]`)}]}}`],
  ['lists, 500,000 deep', `{"preset":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
  ['objects, 150,000 deep', `{"preset":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}`],
  [
    'a text of a million letters',
    `{"preset":{"sections":["findings"],"branding":{"report_title":"${'x'.repeat(1e6)}"}}}`,
  ],
  ['a text of escapes', `{"preset":{"branding":{"report_title":"${'\\ud83d\\ude00'.repeat(80_000)}"}}}`],
  ['a text of spaces', `{"preset":{"branding":{"company_name":"${' '.repeat(1e6)}x"},"colour":"${'#'.repeat(9)}"}}`],
  ['dates of a million digits', `{"preset":{"filters":{"started_after":"2026-01-01T${'0'.repeat(1e6)}"}}}`],
  ['a number of a million digits', `{"preset":{"filters":{"min_score":${'9'.repeat(1e6)}}}}`],
  ['names of a thousand letters', object(900, one, (n) => `${n}${'x'.repeat(1_000)}`)],
];

type Sending = () => Promise<{ readonly status: number }>;

/** The longest time for which the process answered nobody while something was sent, ms. */
async function stallDuring(send: Sending): Promise<{ readonly stall: number; readonly status: number }> {
  const { hostname, port } = new URL(service.baseUrl);
  const agent = new Agent({ keepAlive: true });
  const ask = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      get({ hostname, port, agent, path: '/health/live' }, (answer) => {
        answer.resume().once('end', () => {
          resolve(performance.now() - begun);
        });
      }).once('error', reject);
    });
  let [stall, answered] = [0, false];
  const sending = send().finally(() => (answered = true));
  // One more once the answer is there.
  for (let last = false; !last;) {
    last = answered;
    stall = Math.max(stall, await ask());
  }
  agent.destroy();
  return { stall, status: (await sending).status };
}

/** What others do to the machine makes a stall longer: of some tries the shortest is the service's own. */
async function expectNoStall(send: Sending): Promise<void> {
  const seen: number[] = [];
  do {
    const { stall, status } = await stallDuring(send);
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
    seen.push(Math.round(stall));
  } while (Math.min(...seen) > longestStall && seen.length < 5);
  expect(Math.min(...seen)).toBeLessThanOrEqual(longestStall);
}

/** Those that look longest at what is in a body. */
const routes: readonly (() => string)[] = [
  () => project.path('/reports/preflight'),
  () => project.path('/templates'),
  () => `${service.api.airt}/assessments`,
];

describe('a body', () => {
  it.each(shapes)('of %s keeps nobody waiting', async (_what, body) => {
    for (const to of routes) {
      await expectNoStall(() => service.api.post(to(), body, { headers: { 'Content-Type': 'application/json' } }));
    }
  });

  it('in an encoding in which nothing can be counted is refused', async () => {
    const answer = await service.api.post(project.path('/reports/preflight'), new Uint8Array([0x7b, 0, 0x7d, 0]), {
      headers: { 'Content-Type': 'application/json; charset=utf-16le' },
    });

    expect(answer).toMatchObject({ status: 415, body: { type: 'unsupported_media_type_error' } });
  });

  it('of more members than a request has is told so, wherever they are', async () => {
    const body = `{"preset":{"sections":[${list(1_000, () => `[${list(20, one)}]`)}]}}`;
    const answer = await service.api.post(project.path('/reports/preflight'), body, {
      headers: { 'Content-Type': 'application/json' },
    });

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ loc: ['body'], type: 'too_many' }] } });
  });
});

describe('a query', () => {
  it.each([
    ['100 parameters', list(100, (n) => `p${n}=${n}`).replaceAll(',', '&')],
    ['one name 100 times', list(100, () => 'severity=high').replaceAll(',', '&')],
    ['a list of 7,000 values', `severity=${list(7_000, () => 'a')}`],
    ['a list of 3,000 statuses', `status=${list(3_000, (n) => String(n))}`],
    ['a search of 14,000 letters', `search=${'a*'.repeat(7_000)}`],
  ])('of %s keeps nobody waiting', async (_what, query) => {
    for (const below of ['/findings', '/reports/build']) {
      await expectNoStall(() => service.api.get(project.path(`${below}?${query}`)));
    }
  });
});
