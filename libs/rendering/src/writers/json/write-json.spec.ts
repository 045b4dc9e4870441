import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type EvidenceLevel, outlineOfSections } from '#domain';
import {
  hitsOnlyReport,
  hostileReport,
  hostileStrings,
  hostileTemplateReport,
  hugeTextReport,
  longNamesReport,
  manyAttacksReport,
  nothingAssessedReport,
  nothingSucceededReport,
  richReport,
  sampleFinding,
  type SampleReport,
  templateReport,
} from '#testing';
import { unseen, written } from '../../pipeline/spec-support/written.ts';

interface QuotedBlock {
  readonly kind: string;
  readonly role?: string;
  readonly text?: readonly (string | { readonly masked: number } | { readonly note: string })[];
}
interface ReadReport {
  readonly schema_version: number;
  readonly report: Readonly<Record<string, unknown>>;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly findings: readonly {
    readonly id: string;
    readonly goal: string | null;
    readonly detail: readonly { readonly label: string; readonly blocks: readonly QuotedBlock[] }[];
  }[];
  readonly sections: readonly { readonly title: string; readonly blocks: readonly { readonly kind: string }[] }[];
}

const schema = JSON.parse(
  readFileSync(join(__dirname, '../../../../../docs/report-json.schema.json'), 'utf8'),
) as object;
const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
const readReport = async (report: SampleReport): Promise<ReadReport> =>
  JSON.parse(await written('json', report)) as ReadReport;

describe('a report as JSON', () => {
  it.each<[string, SampleReport]>([
    ['a rich one', richReport({}, 25)],
    ['without a success', nothingSucceededReport()],
    ['without an assessed run', nothingAssessedReport()],
    ['of hits only', hitsOnlyReport()],
    ['with hostile texts', hostileReport()],
    ['with huge texts', hugeTextReport()],
    ['with long names', longNamesReport()],
    ['with many attacks', manyAttacksReport()],
    ['of a template', templateReport()],
    ['of a hostile template', hostileTemplateReport()],
    ['with evidence masked', richReport({ evidence: 'masked' }, 25)],
    ['with evidence withheld', richReport({ evidence: 'none' }, 25)],
    ['without findings', richReport({ outline: outlineOfSections(['risk_score_metrics']) }, 25)],
  ])('has the shape of its schema: %s', async (_, report) => {
    const read = await readReport(report);
    valid(read);
    expect(valid.errors ?? []).toEqual([]);
  });

  it('tells the numbers with their n and interval, as numbers', async () => {
    const { figures, report } = await readReport(richReport({}, 25));
    expect(report).toMatchObject({ id: 'RT-7F3A-29C1', evidence: 'full', finding_count: 25 });
    expect(figures).toMatchObject({
      runs: 412,
      trials: 1986,
      outcomes: { succeeded: 74, resisted: 311, not_assessed: 27, hits_only: 0 },
      asr: { succeeded: 74, assessed: 385 },
      risk: { value: 6.8, band: 'high', worst_severity: 'critical', lower_bound: false },
    });
  });

  it('tells no more than the report prints', async () => {
    const outline = outlineOfSections(['risk_score_metrics', 'asr_by_attack']);
    const { figures, findings } = await readReport(richReport({ outline }, 25));
    expect(findings).toEqual([]);
    expect(figures).toMatchObject({ by_category: null, by_goal: null, by_transform: null, compliance: null });
    expect(figures['by_attack']).not.toBeNull();
    const listed = await readReport(richReport({ outline: outlineOfSections(['findings']) }, 25));
    expect(listed.findings).toHaveLength(25);
    expect(listed.findings.flatMap(({ detail }) => detail)).toEqual([]);
  });

  it('is the same however its findings are cut into batches', async () => {
    const report = richReport({}, 25);
    expect(await written('json', report, 3)).toBe(await written('json', report, 25));
  });

  it('gives hostile texts back as they were, and shows every character in its own text', async () => {
    const report = hostileReport();
    const text = await written('json', report);
    expect(unseen(text)).toEqual([]);
    expect(text).not.toContain('<');
    const { findings } = JSON.parse(text) as ReadReport;
    expect(findings.map(({ goal }) => goal)).toEqual(hostileStrings);
    const sent = findings.map(({ detail }) =>
      detail
        .flatMap(({ blocks }) => blocks)
        .filter(({ role }) => role === 'sent')
        .map(({ text: parts }) => (parts ?? []).map((part) => (typeof part === 'string' ? part : '?')).join(''))
        .join(''),
    );
    expect(new Set(sent)).toEqual(new Set([hostileStrings.join('\n')]));
  });

  it('counts what it withholds and what it leaves out', async () => {
    const trial = sampleFinding().best_trial;
    const finding = sampleFinding({
      best_trial: trial && { ...trial, original_prompt: null, prompt: 'A '.repeat(500_000), response: 'the harm' },
    });
    const facts = richReport({ evidence: 'masked', finding_count: 1 }).facts;
    const { findings } = await readReport({ facts, findings: [finding] });
    const parts = findings.flatMap(({ detail }) =>
      detail.flatMap(({ blocks }) => blocks.flatMap(({ text }) => text ?? [])),
    );
    expect(parts).toContainEqual({ masked: 8 });
    expect(parts).toContainEqual({ note: '[… 981,000 characters left out …]' });
  });

  it.each<EvidenceLevel>(['masked', 'none'])('holds no secret at evidence level %s', async (evidence) => {
    const trial = sampleFinding().best_trial;
    const secret = 'sk-PLANTED0123456789abcdef';
    const finding = sampleFinding({
      goal: `Reveal ${secret}`,
      notes: secret,
      best_trial: trial && { ...trial, prompt: secret, response: secret, reasoning: secret, triggers: [secret] },
    });
    const facts = richReport({ evidence, finding_count: 1 }).facts;
    for (const format of ['json', 'csv', 'html'] as const)
      expect(await written(format, { facts, findings: [finding] })).not.toContain('PLANTED');
  });
});
