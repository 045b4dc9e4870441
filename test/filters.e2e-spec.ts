import fc from 'fast-check';

import { type Asked, asked, preset, query } from './support/filters/asked.ts';
import { Composer } from './support/filters/composer.ts';
import { fill } from './support/filters/fill.ts';
import { type Assessment, Rule, type Run } from './support/filters/rule.ts';
import { atLength, readPdfText } from '#testing';
import { download, TestProject } from './support/project.ts';
import { reportPart } from './support/report-line.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

const seed = Number(process.env['AIRT_SEED'] ?? Date.now() % 100_000);
const filters = atLength(200, 1_000);
const built = atLength(6, 20);

interface Explanation {
  readonly sections: readonly { readonly key: string; readonly rows: number; readonly empty: boolean }[];
}

describe(`${filters} filters, seed ${seed}`, () => {
  let service: SharedService;
  let project: TestProject;
  let rule: Rule;
  let drawn: readonly Asked[];

  beforeAll(async () => {
    service = await sharedService();
    project = await TestProject.make(service.api);
    await fill(project);
    const { body: all } = await project.findings('?page_size=200');
    const runs = all.findings as unknown as readonly Run[];
    expect(runs).toHaveLength(all.total);
    const { body: listed } = await service.api.get<{ assessments: readonly Assessment[] }>(
      project.path('/assessments?page_size=200'),
    );
    rule = new Rule(runs, listed.assessments);
    drawn = fc.sample(asked(rule.runs, listed.assessments), { seed, numRuns: filters });
    process.stderr.write(`filters: seed ${seed}\n`);
  });

  it('keep the same rows in the list of findings, in preflight, in its explanation and in the composed report', async () => {
    const composer = await Composer.open(service, project);
    const counts: number[] = [];
    try {
      await inBatches([...drawn.entries()], 6, async ([place, one]) => {
        const expected = rule.ids(one);
        // The rows themselves of every fifth list: they are many bytes, and the total says the most.
        const whole = place % 5 === 0;
        const [list, preflight, explained, composed] = await Promise.all([
          project.findings(`?view=report&page_size=${whole ? 200 : 1}&${query(one)}`),
          project.preflight(preset(one)),
          project.api.post<Explanation>(project.path('/reports/preflight/explain'), { preset: preset(one) }),
          composer.compose(one),
        ]);
        const empty = expected.length === 0;
        const rows = expected.length;
        const [findings, evidence] = explained.body.sections;
        const said = {
          asked: one,
          listed: whole ? list.body.findings.map(({ id }) => id).sort() : list.body.findings.length,
          total: list.body.total,
          empty: preflight.body.empty_sections.map(({ key }) => key),
          explained: [findings, evidence].map((section) => [section?.key, section?.rows, section?.empty]),
          streamed: composed.ids,
          counted: composed.counted,
          composed: composed.printed,
        };
        expect(said).toEqual({
          asked: one,
          listed: whole ? expected : Math.min(rows, 1),
          total: rows,
          empty: empty ? ['findings', 'evidence'] : [],
          explained: [
            ['findings', rows, empty],
            ['evidence', rows, empty],
          ],
          streamed: expected,
          counted: rows,
          composed: Array.from(expected, (_, rank) => `F-${String(rank + 1).padStart(3, '0')}`),
        });
        counts.push(rows);
      });
    } finally {
      await composer.close();
    }
    const empty = counts.filter((count) => count === 0).length;
    const distinct = new Set(counts).size;
    reportPart(`Filters: ${counts.length}, seed ${seed}; ${empty} keep nothing; ${distinct} different counts`);
    // A draw that says little would agree by chance.
    expect(counts).toHaveLength(filters);
    expect(empty).toBeGreaterThan(filters / 20);
    expect(counts.length - empty).toBeGreaterThan(filters / 4);
    expect(distinct).toBeGreaterThan(15);
  });

  it(`keep as many findings in the built PDF, for ${built} of them; a filter that keeps nothing is refused`, async () => {
    const seen = new Set<number>();
    const filled: Asked[] = [];
    for (const one of drawn) {
      const rows = rule.ids(one).length;
      if (rows > 0 && !seen.has(rows) && filled.length < built) filled.push(one);
      seen.add(rows);
    }
    for (const one of drawn) {
      if (filled.length < built && !filled.includes(one) && rule.ids(one).length > 0) filled.push(one);
    }
    expect(filled).toHaveLength(built);
    await inBatches(filled, 3, async (one) => {
      const { status, body } = await project.build({ ...preset(one), sections: ['findings'] });
      expect({ one, status }).toEqual({ one, status: 202 });
      const ended = await project.ended(body.job_id);
      const text = await readPdfText(await download(ended));
      // Not the tail of a report's id, as in RT-187F-1880.
      const printed = new Set(text.match(/(?<![0-9A-Z])F-\d{3,}/g));
      expect({ one, status: ended.status, printed: [...printed].sort() }).toEqual({
        one,
        status: 'completed',
        printed: rule.ids(one).map((_, rank) => `F-${String(rank + 1).padStart(3, '0')}`),
      });
    });
    const nothing = drawn.filter((one) => rule.ids(one).length === 0).slice(0, 5);
    for (const one of nothing) expect((await project.build(preset(one))).status).toBe(422);
  });
});

/** At most so many at a time: the machine has other work. */
async function inBatches<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += width) {
    await Promise.all(items.slice(from, from + width).map(work));
  }
}
