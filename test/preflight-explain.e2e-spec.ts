import fc from 'fast-check';

import { atLength } from '#testing';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import type { ApiAnswer } from './support/api.ts';
import { TestProject } from './support/project.ts';
import { sharedOrganization, type SharedService } from './support/shared-service.ts';

type Filter = Readonly<Record<string, unknown>>;

interface Explanation {
  readonly sections: readonly {
    readonly key: string | null;
    readonly title: string;
    readonly rows: number | null;
    readonly empty: boolean;
    readonly reason: string | null;
    readonly message: string | null;
    readonly frameworks_with_rows: readonly string[];
    readonly filter: {
      readonly unfiltered_rows: number;
      readonly constraints: readonly { readonly field: string; readonly rows_without: number }[];
      readonly to_blame: readonly string[];
      readonly suggestion: { readonly filters: Filter; readonly rows: number } | null;
    } | null;
  }[];
  readonly estimate: { findings: number; pages: number; seconds: number; basis: string };
}

const seed = Number(process.env['AIRT_SEED'] ?? Date.now() % 100_000);
const tries = atLength(50, 150);

describe('preflight, explained', () => {
  // An organization of its own: an estimate goes by the builds that were made in it.
  let service: SharedService;
  let project: TestProject;

  beforeAll(async () => {
    service = await sharedOrganization();
    project = await TestProject.make(service.api);
    const named = spreadRuns(40).map((run, index) => ({
      ...run,
      category: ['tool_misuse', 'pii_extraction', 'bias_fairness'][index % 3] ?? '',
    }));
    expect((await project.import(airtFile({ id: 'spring', name: 'Spring' }, named))).status).toBe(201);
    await project.import(
      airtFile({ id: 'autumn', name: 'Autumn', started_at: '2026-09-10T08:00:00Z' }, [
        { id: 'o1', score: 0.6, attack_name: 'tap' },
        { id: 'o2', score: 0.1, attack_name: 'tap' },
      ]),
    );
    await project.import(
      airtFile({ id: 'undated', name: 'Undated', started_at: undefined }, [
        { id: 'u1', score: 0.9, attack_name: 'pair' },
      ]),
    );
  });

  const explain = (preset: object, on = project): Promise<ApiAnswer<Explanation>> =>
    on.api.post<Explanation>(on.path('/reports/preflight/explain'), { preset });
  const ofFindings = async (filters: Filter): Promise<Explanation['sections'][number]> => {
    const { status, body } = await explain({ sections: ['findings'], filters });
    expect(status).toBe(200);
    const [section] = body.sections;
    if (!section) throw new Error('The section is missing.');
    return section;
  };
  const listed = async (filter: Filter): Promise<number> => {
    const query = Object.entries(filter)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `&${name}=${encodeURIComponent(String(value))}`)
      .join('');
    const { status, body } = await project.findings(`?view=report${query}`);
    expect({ status, query }).toEqual({ status: 200, query });
    return body.total;
  };

  it('counts the rows of every section that has some, and estimates the report', async () => {
    const { status, body } = await explain({
      sections: ['risk_score_metrics', 'severity_breakdown', 'asr_by_attack', 'compliance', 'findings', 'evidence'],
      compliance_frameworks: ['owasp_llm_top_10'],
    });

    expect(status).toBe(200);
    const findings = await listed({});
    expect(body.sections.map(({ key, rows, empty }) => ({ key, rows, empty }))).toEqual([
      { key: 'risk_score_metrics', rows: 3, empty: false },
      { key: 'severity_breakdown', rows: expect.any(Number) as number, empty: false },
      { key: 'asr_by_attack', rows: 4, empty: false },
      { key: 'compliance', rows: 1, empty: false },
      { key: 'findings', rows: findings, empty: false },
      { key: 'evidence', rows: findings, empty: false },
    ]);
    for (const { reason, message, filter } of body.sections) {
      expect({ reason, message, filter }).toEqual({ reason: null, message: null, filter: null });
    }
    expect(body.estimate).toMatchObject({ findings, basis: 'typical' });
    expect(body.estimate.pages).toBeGreaterThan(3);
    expect(body.estimate.seconds).toBeGreaterThan(0);
  });

  it('says of a project without data that there is none', async () => {
    const empty = await TestProject.make(service.api);
    const { body } = await explain({ sections: ['findings', 'compliance', 'asr_by_goal'] }, empty);
    expect(body.sections.map(({ reason, rows }) => ({ reason, rows }))).toEqual([
      { reason: 'no_data', rows: 0 },
      { reason: 'no_data', rows: 0 },
      { reason: 'no_data', rows: 0 },
    ]);
    expect(body.sections[0]?.message).toBe('The project holds no completed assessment yet: import a run first.');
  });

  it('says which frameworks a compliance section would have rows of', async () => {
    const none = await explain({ sections: ['compliance'] });
    expect(none.body.sections[0]).toMatchObject({
      reason: 'no_framework_selected',
      frameworks_with_rows: expect.arrayContaining(['owasp_llm_top_10']) as string[],
    });
    const other = await explain({ sections: ['compliance'], compliance_frameworks: ['google_saif'] });
    const [section] = other.body.sections;
    if (section?.empty) expect(section).toMatchObject({ reason: 'no_rows_of_frameworks' });
    else expect(section?.rows).toBeGreaterThan(0);
  });

  it('says when nothing succeeded, and when runs name no goal', async () => {
    const strong = await TestProject.make(service.api);
    await strong.import(airtFile({ id: 'r', name: 'R' }, [{ id: 'r1', score: 0.1, goal: undefined }]));
    const { body } = await explain(
      { sections: ['severity_breakdown', 'findings', 'asr_by_goal', 'recommendations'] },
      strong,
    );
    expect(body.sections.map(({ reason }) => reason)).toEqual([
      'nothing_succeeded',
      'nothing_succeeded',
      'no_goals',
      'nothing_succeeded',
    ]);
  });

  it('moves a score bound to the highest score that leaves a finding', async () => {
    const section = await ofFindings({ min_score: 0.99 });
    expect(section).toMatchObject({ reason: 'filtered_out', message: 'The filter leaves no finding.' });
    expect(section.filter?.to_blame).toEqual(['min_score']);
    expect(section.filter?.suggestion?.filters).toEqual({ min_score: 0.95 });
    expect(section.filter?.suggestion?.rows).toBe(await listed({ min_score: 0.95 }));
  });

  it('moves a date to the nearest start of an assessment, and lets undated ones in where there are no others', async () => {
    const after = await ofFindings({ started_after: '2027-01-01' });
    expect(after.filter?.suggestion?.filters).toEqual({ started_after: '2026-09-10T08:00:00.000000Z' });
    const before = await ofFindings({ started_before: '2020-01-01' });
    expect(before.filter?.suggestion?.filters).toEqual({ started_before: '2026-02-03T09:00:00.000000Z' });
    const undated = await ofFindings({ attack_name: ['pair'], started_after: '2026-01-01' });
    expect(undated.filter?.suggestion).toEqual({
      filters: { attack_name: ['pair'], started_after: '2026-01-01T00:00:00Z', include_undated_assessments: true },
      rows: 1,
    });
  });

  it('names the values that exist in place of those that do not', async () => {
    const section = await ofFindings({ attack_name: ['no such attack'], category: ['pii_extraction'] });
    expect(section.filter?.to_blame).toEqual(['attack_name']);
    expect(section.filter?.suggestion?.filters).toEqual({
      category: ['pii_extraction'],
      attack_name: ['crescendo'],
    });
  });

  it('gives up as few constraints as it can when several are to blame together', async () => {
    const section = await ofFindings({ attack_name: ['tap'], min_score: 0.99, started_before: '2026-03-01' });
    expect(section.filter?.to_blame).toEqual(['min_score', 'started_before']);
    expect(section.filter?.suggestion).toEqual({
      filters: { attack_name: ['tap'], min_score: 0.6, started_before: '2026-09-10T08:00:00.000000Z' },
      rows: 1,
    });
  });

  it(`tells counts that hold, and filters that leave rows, for ${tries} random filters (seed ${seed})`, async () => {
    const some = <T>(values: readonly T[]): fc.Arbitrary<T[] | undefined> =>
      fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), {
        nil: undefined,
        freq: 2,
      });
    const filters = fc.record({
      attack_name: some(['crescendo', 'direct', 'tap', 'pair', 'nobody']),
      category: some(['tool_misuse', 'pii_extraction', 'nothing']),
      finding_type: some(['jailbreak', 'partial', 'refusal', 'evasion']),
      severity: some(['critical', 'high', 'medium', 'low', 'info']),
      min_score: fc.option(fc.constantFrom(0.2, 0.6, 0.85, 0.96, 1), { nil: undefined, freq: 2 }),
      started_after: fc.option(fc.constantFrom('2026-01-01', '2026-05-01', '2027-01-01'), { nil: undefined, freq: 2 }),
      started_before: fc.option(fc.constantFrom('2027-06-01', '2028-01-01'), { nil: undefined, freq: 2 }),
      include_undated_assessments: fc.option(fc.boolean(), { nil: undefined, freq: 2 }),
    });
    let explained = 0;
    await fc.assert(
      fc.asyncProperty(filters, async (drawn) => {
        const filter: Filter = Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
        const section = await ofFindings(filter);
        expect(section.rows).toBe(await listed(filter));
        const { body } = await project.preflight({ sections: ['findings'], filters: filter });
        expect(section.empty).toBe(body.empty_sections.length > 0);
        if (section.reason !== 'filtered_out' || !section.filter) return;
        explained += 1;
        const { constraints, suggestion, to_blame: blamed, unfiltered_rows: all } = section.filter;
        expect(all).toBe(await listed({}));
        const dropped = (fields: readonly string[]): Filter =>
          Object.fromEntries(Object.entries(filter).filter(([field]) => !fields.includes(field)));
        for (const { field, rows_without: rows } of constraints) {
          expect({ field, rows }).toEqual({ field, rows: await listed(dropped([field])) });
        }
        expect(await listed(dropped(blamed))).toBeGreaterThan(0);
        // Minimal: each of them is needed.
        for (const field of blamed) {
          expect(await listed(dropped(blamed.filter((other) => other !== field)))).toBe(0);
        }
        expect(suggestion).not.toBeNull();
        const { body: after } = await project.preflight({
          sections: ['findings'],
          filters: suggestion?.filters,
        });
        expect(after).toEqual({ empty_sections: [] });
        expect(suggestion?.rows).toBe(await listed(suggestion?.filters ?? {}));
        for (const [field, value] of Object.entries(dropped(blamed))) {
          const given = typeof value === 'string' ? `${value}T00:00:00Z` : value;
          const kept = suggestion?.filters[field];
          if (field !== 'include_undated_assessments') expect({ field, value: kept }).toEqual({ field, value: given });
        }
      }),
      { numRuns: tries, seed },
    );
    process.stderr.write(`seed ${seed}: ${explained} of ${tries} filters left nothing and were explained\n`);
    expect(explained).toBeGreaterThan(tries / 8);
  });

  it('refuses what a build refuses', async () => {
    const { status, body } = await service.api.post(project.path('/reports/preflight/explain'), {});
    expect({ status, body }).toMatchObject({ status: 400, body: { type: 'invalid_error' } });
  });
});
