import type { AssessmentRow, JudgeRow, LeftOutRow, ReportFacts } from '#domain';
import { sampleAssessment, sampleFacts, sampleSeverity, sampleTally, sampleTarget, sampleTargetKey } from '#testing';
import { digestOf } from '../../model/findings-digest.ts';
import { plainInline } from '../../model/plain-inline.ts';
import type { LabelledRow } from '../../model/report-content.ts';
import { reportSetting, type ReportSetting } from '../../sentences/report-setting.ts';
import { methodology } from './methodology.ts';

const read = (text: string): string => text.replaceAll('\u00A0', ' ');
const settingWith = (rows: Partial<ReportFacts['rows']>): ReportSetting =>
  reportSetting(
    sampleFacts({
      rows: {
        ...sampleFacts().rows,
        targets: [sampleTarget({ resisted: 40 })],
        assessments: [sampleAssessment()],
        ...rows,
      },
    }),
    digestOf([]),
  );

function methodRow(rows: Partial<ReportFacts['rows']>, label: string): string {
  const { blocks } = methodology(settingWith(rows), '11');
  const labelled = blocks.flatMap((block): readonly LabelledRow[] => (block.kind === 'labelled' ? block.rows : []));
  const row = labelled.find((one) => one.label === label);
  return read(
    (row?.blocks ?? []).flatMap((block) => (block.kind === 'prose' ? [plainInline(block.inline)] : [])).join('\n'),
  );
}

const [source] = sampleAssessment().sources;
const withSource = (
  changes: Partial<AssessmentRow['sources'][number]>,
  more: Partial<AssessmentRow> = {},
): AssessmentRow => sampleAssessment({ sources: source ? [{ ...source, ...changes }] : [], ...more });

describe('judges', () => {
  const pair: JudgeRow = {
    target_key: sampleTargetKey,
    primary: 'ModelAsJudge',
    other: 'Refusal',
    both: 5,
    only_primary: 2,
    only_other: 8,
    neither: 8,
    primary_runs: 23,
  };

  it('are told with the rate by each, the runs on which they differ, and their agreement', () => {
    expect(methodRow({ judges: [pair] }, 'Two judges')).toMatch(
      /^23 runs were judged by two: by ModelAsJudge, whose verdicts count, 7 of 23 \(30\.4 %\) succeeded; by Refusal 13 of 23 \(56\.5 %\)\. They differ on 10 runs; Cohen’s κ 0\.\d\d, 95 % interval −?0\.\d\d to 0\.\d\d\.$/,
    );
  });

  it('stand in a table where there are many', () => {
    const judges = ['a', 'b', 'c', 'd'].map((other) => ({ ...pair, other }));
    const { blocks } = methodology(settingWith({ judges }), '11');
    expect(read(JSON.stringify(blocks))).toContain('[[{"text":"7 of 23"}],[{"text":"30.4 %","tone":"faint"}]]');
  });

  it('never leave a judge unnamed whom a finding names', () => {
    const assessments = [withSource({ detector: null }, { judge_model: null })];
    const judge = { ...pair, other: null, primary: 'rule-judge' };
    expect(methodRow({ assessments, judges: [judge] }, 'Models')).toBe('Attacker: attacker-m 70B. Judge: rule-judge.');
  });

  it('say of each source why the one that counts does', () => {
    expect(
      methodRow({ assessments: [withSource({ detector: 'Refusal', primary_rule: 'chosen_by_caller' })] }, 'Sources'),
    ).toContain('judged by Refusal: chosen at the import');
    const only = (detector: string): string =>
      methodRow({ assessments: [withSource({ detector, primary_rule: 'only_judge' })] }, 'Sources');
    expect(only('violence')).toContain('judged by violence: the only judge of the file');
    expect(only('self_harm, violence')).toContain('judged by self_harm, violence: each the only judge of its runs');
  });
});

describe('rules of the outcomes', () => {
  it('say in which assessment each threshold decides', () => {
    const assessments = [
      withSource({ threshold: 0.2 }, { name: 'Loose' }),
      withSource({ threshold: 0.9 }, { name: 'Strict' }),
    ];
    expect(methodRow({ assessments }, 'Outcomes')).toContain(
      'or where it gives none by the score: 0.20 or more in Loose and 0.90 or more in Strict.',
    );
  });

  it('say that a policy takes the place of the bands, and where', () => {
    const policy = {
      thresholds: [0.7, 0.5, 0.3, 0.1, 0],
      matrix: {},
      default_row: ['critical', 'high', 'medium', 'low', 'info'] as const,
    };
    expect(
      methodRow({ assessments: [sampleAssessment({ name: 'A', severity_policy: policy })] }, 'Severity'),
    ).toContain(
      'A policy of its own, in place of our bands, decides in A (bands: critical from 0.70, high from 0.50, medium from 0.30, low from 0.10; severities by category).',
    );
  });

  it('print the default bands only where one of them gave a severity', () => {
    const bands = 'critical from 0.90, high from 0.70';
    expect(methodRow({ severities: [sampleSeverity('high', { sources: { score_band: 2 } })] }, 'Severity')).toContain(
      bands,
    );
    const told = methodRow({ severities: [sampleSeverity('high', { sources: { source: 2 } })] }, 'Severity');
    expect(told).not.toContain(bands);
    expect(told).toContain('the score bands (none decided here) where the judge grades');
  });

  it('say what we overruled and what a filter answered', () => {
    const targets = [sampleTarget({ resisted: 40, suspected_target_errors: 5, blocked_trials: 15 })];
    const told = methodRow({ targets }, 'Overruled');
    expect(told).toContain('5 runs: the answer looks like an error of the target');
    expect(told).toContain('15 trials were answered by a content filter in front of the target');
    expect(methodRow({ targets }, 'Limits')).toContain(
      'Verdicts of assessed runs are those of the sources; we did not judge the answers again.',
    );
  });
});

describe('what is left out', () => {
  const leftOut = (what: LeftOutRow['what'], changes: Partial<LeftOutRow> = {}): LeftOutRow => ({
    what,
    name: null,
    status: null,
    runs: 10,
    succeeded: 10,
    ...changes,
  });

  it.each([
    [
      leftOut('unfinished_assessment', { name: 'Nightly', status: 'running' }),
      'Assessment “Nightly” is running, so its 10 runs (10 succeeded so far) are in no number of this report.',
    ],
    [
      leftOut('no_goal', { runs: 30, succeeded: 0 }),
      '30 runs (0 succeeded) have no goal: counted everywhere but by goal.',
    ],
    [
      leftOut('superseded_import', { name: 'old.jsonl' }),
      'Import “old.jsonl”: a later one replaced all its runs, so it is not among the sources.',
    ],
    [
      leftOut('empty_assessment', { name: 'Tea 2' }),
      'Assessment “Tea 2” holds no run that counts: nothing is said of its target.',
    ],
  ])('is named with its number: $what', (row, words) => {
    expect(methodRow({ left_out: [row] }, 'Left out or apart')).toBe(words);
  });

  it('is said of categories in three states over the whole vocabulary', () => {
    const rows = [sampleTally('violence', { resisted: 4 }), sampleTally('self_harm', { not_assessed: 4 })];
    expect(methodRow({ asr_by_category: rows }, 'Not tested')).toMatch(
      /^Without a run, of the 32 categories of our vocabulary: .*Prompt injection.*\. Tried, but no run could be assessed: Self harm\./,
    );
  });
});

describe('claims of the sources', () => {
  it('stand once each, in words, and none is ours', () => {
    const reported = { attack_success_rate: 0.31, plain_evaluation: true, stats: { successes: 4, failures: 6 } };
    const assessments = [
      withSource({ source_reported: reported }, { name: 'A' }),
      withSource({ source_reported: reported }, { name: 'B' }),
    ];
    expect(methodRow({ assessments }, 'Source claims').split('\n').slice(1)).toEqual([
      'attack success rate: 0.31',
      'stats: successes 4, failures 6',
    ]);
  });
});

describe('dates', () => {
  it('of an end before its start are said as they are', () => {
    const assessments = [
      sampleAssessment({ started_at: '2026-03-10T08:00:00Z', completed_at: '2026-03-01T08:00:00Z' }),
    ];
    expect(methodRow({ assessments }, 'Target')).toContain(
      'started 10 March 2026; the source gives an end before that, 1 March 2026',
    );
  });
});
