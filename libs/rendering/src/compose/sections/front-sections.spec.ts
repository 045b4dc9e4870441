import type { FindingRow, ReportFacts, TargetRow } from '#domain';
import { outlineOfSections, sectionKeys } from '#domain';
import {
  hitsOnlyReport,
  nothingAssessedReport,
  nothingSucceededReport,
  richReport,
  sampleAssessment,
  sampleCategory,
  sampleFacts,
  sampleFinding,
  sampleItem,
  sampleSeverity,
  sampleTally,
  sampleTarget,
  sampleTargetKey,
} from '#testing';
import { composeFindings } from '../findings-composer.ts';
import { composeCover } from '../compose-cover.ts';
import { composeReport } from '../compose-report.ts';
import { digestOf } from '../../model/findings-digest.ts';
import type { Block, TableBlock } from '../../model/report-content.ts';
import { actionsLead, firstAction, noActionReason } from '../../sentences/action-sentences.ts';
import { findingLines, riskLead } from '../../sentences/metric-sentences.ts';
import { emptyFindings } from '../../sentences/compose-glance.ts';
import { limits } from '../../sentences/method-sentences.ts';
import { planActions } from '../../sentences/plan-actions.ts';
import { reportSetting, type ReportSetting } from '../../sentences/report-setting.ts';
import { severityLead } from '../../sentences/severity-sentences.ts';
import { absentSentence } from '../../sentences/left-out-sentences.ts';
import { brokeOf, heldOf } from '../../sentences/summary-sentences.ts';
import { evidenceLead } from './evidence.ts';
import { executiveSummary } from './executive-summary.ts';
import { findings as findingsSection, findingsLead } from './findings.ts';
import { recommendations } from './recommendations.ts';
import { riskScoreMetrics } from './risk-score-metrics.ts';
import { severityBreakdown } from './severity-breakdown.ts';

const read = (text: string): string => text.replaceAll('\u00A0', ' ');
const settingOf = ({ facts, findings }: ReturnType<typeof richReport>): ReportSetting =>
  reportSetting(facts, digestOf(composeFindings(facts, findings)));
const rich = settingOf(richReport());
const zero = settingOf(nothingSucceededReport());
const unassessed = settingOf(nothingAssessedReport());
const hits = settingOf(hitsOnlyReport());

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
const settingWith = (
  targets: readonly Partial<TargetRow>[],
  rows: Partial<ReportFacts['rows']> = {},
  findings: readonly Partial<FindingRow>[] = [],
  changes: Partial<ReportFacts> = {},
): ReportSetting =>
  settingOf({
    facts: sampleFacts({
      finding_count: findings.length,
      ...changes,
      rows: { ...sampleFacts().rows, targets: targets.map(sampleTarget), ...rows },
    }),
    findings: findings.map(sampleFinding),
  });

const tableOf = (blocks: readonly Block[]): TableBlock | undefined =>
  blocks.find((block): block is TableBlock => block.kind === 'table');
const textOf = (value: unknown): string => read(JSON.stringify(value));

describe('executive summary', () => {
  const broke = (setting: ReportSetting): string => read(brokeOf(setting, setting.head));
  const held = (setting: ReportSetting): string => read(heldOf(setting, setting.head));

  it('says what broke with rate, n and interval, and keeps what came close apart', () => {
    expect(broke(rich)).toBe(
      '74 of 385 assessed runs succeeded: 19.2 %, 95 % interval 15.6 – 23.5 %. Open, by severity: 9 critical, 27 high and 38 medium. Resisted, but came close (a score of 0.3 or more): 46 low. The category with the most successes is System prompt leak (16 of 74).',
    );
    expect(broke(zero)).toBe('No attack succeeded in 36 assessed runs; the 95 % interval reaches up to 9.6 %.');
    expect(broke(unassessed)).toBe('Nothing can be said: no run could be assessed.');
    expect(broke(hits)).toBe(
      '12 attack runs succeeded; the source lists no others, so how many were tried is not known. Open, by severity: 12 critical. All 12 successes are of category Prompt injection.',
    );
  });

  it('tells hits beside a rate apart', () => {
    const setting = settingWith([{ resisted: 20, hits_only: 6, open: { ...none, critical: 6 } }]);
    expect(broke(setting)).toBe(
      'No attack succeeded in 20 assessed runs of sources with a denominator; the 95 % interval reaches up to 16.1 %. 6 further successes of sources that list hits alone are in no rate. Open, by severity: 6 critical.',
    );
  });

  it('counts what is closed apart', () => {
    const setting = settingWith([
      { succeeded: 3, resisted: 7, open: { ...none, low: 1 }, closed: { ...none, critical: 2 }, remediated: 2 },
    ]);
    expect(broke(setting)).toContain('Open, by severity: 1 low. Closed: 2 remediated.');
  });

  it('names a tie of categories as one', () => {
    const rows = (counts: readonly (readonly [string, number])[]): Partial<ReportFacts['rows']> => ({
      asr_by_category: counts.map(([name, succeeded]) => sampleTally(name, { succeeded, resisted: 1 })),
    });
    const five = settingWith(
      [{ succeeded: 5, resisted: 5 }],
      rows(['a', 'b', 'c', 'd', 'e'].map((name) => [name, 1] as const)),
    );
    expect(broke(five)).toContain('No category has more successes than others: 5 have 1 each.');
    const three = settingWith(
      [{ succeeded: 9, resisted: 3 }],
      rows([
        ['violence', 3],
        ['self_harm', 3],
        ['pii', 3],
      ]),
    );
    expect(broke(three)).toContain('The most successes have Violence, Self harm and PII, 3 each of 9.');
  });

  it('lets nothing hold on no run, on few prompts, or where many runs were lost', () => {
    const categories = (...rows: ReturnType<typeof sampleTally>[]): ReportSetting =>
      settingWith([{ resisted: 100 }], { asr_by_category: rows });
    expect(held(rich)).toBe(
      'No success in Harmful content (0 of 28, could be up to 12.1 %). Too little is known of Bias fairness (0 of 8, could be up to 32.4 %).',
    );
    expect(held(unassessed)).toBe('Nothing can be said to have held: no run could be assessed.');
    expect(held(hits)).toBe('Nothing can be said to have held: the source lists successful attacks alone.');
    expect(held(categories(sampleTally('pii', { resisted: 1 })))).toBe(
      'Nothing can be said to have held. Without a success, but with fewer than 20 distinct prompts or goals assessed: PII (0 of 1, could be up to 79.3 %).',
    );
    expect(held(categories(sampleTally('pii', { resisted: 40, not_assessed: 10 })))).toBe(
      'Nothing can be said to have held. Without a success, but with too many runs lost: PII (0 of 40, 10 not assessed, could be up to 8.8 %).',
    );
    expect(
      held(
        categories(
          sampleTally('pii', { resisted: 25, distinct: 1 }),
          sampleTally('bias', { resisted: 40, not_assessed: 10 }),
        ),
      ),
    ).toBe(
      'Nothing can be said to have held. Without a success, but with fewer than 20 distinct prompts or goals assessed or with too many runs lost: PII (0 of 25, only 1 distinct prompt or goal, could be up to 13.3 %) and Bias (0 of 40, 10 not assessed, could be up to 8.8 %).',
    );
    expect(
      held(categories(sampleTally('pii', { resisted: 20 }), sampleTally('bias', { resisted: 25, distinct: 2 }))),
    ).toContain('Too little is known of Bias (0 of 25, only 2 distinct prompts or goals, could be up to 13.3 %).');
    expect(held(categories(sampleTally('pii', { resisted: 40, hits_only: 1 })))).toBe(
      'Nothing: each category with an assessed run has a success.',
    );
    expect(held(categories(sampleTally('uncategorised', { resisted: 40 })))).toBe(
      'Nothing can be said to have held: no run has a category.',
    );
  });

  it('names the first action and what it addresses', () => {
    expect(read(firstAction(rich))).toBe(
      'Keep secrets out of the model’s context: it addresses 3 critical, 6 high and 4 medium open findings.',
    );
    expect(firstAction(zero)).toBe('No action follows by rule: no attack succeeded.');
    expect(firstAction(unassessed)).toBe('No action follows by rule: no run could be assessed.');
  });

  it('tells hits apart from runs that were tried, with their trials', () => {
    const tested = (target: Partial<TargetRow>): string =>
      /"(\d+ (?:attack runs?|hits?) with .*?) in /.exec(textOf(executiveSummary(settingWith([target]), '1')))?.[1] ??
      '';
    expect(tested({ hits_only: 5, trials: 5, hit_trials: 5 })).toBe('5 hits with 5 successful trials');
    expect(tested({ succeeded: 2, resisted: 4, hits_only: 1, trials: 20, hit_trials: 2 })).toBe(
      '6 attack runs with 18 trials, and 1 hit with 2 successful trials',
    );
    const [tile] = findingLines(settingWith([{ hits_only: 5 }]), settingWith([{ hits_only: 5 }]).head);
    expect(tile).not.toContain('came close');
    expect(limits(settingWith([{ hits_only: 5 }]))).not.toContain('Intervals');
  });

  it('does not say that nothing succeeded where a success is called no finding', () => {
    const ungraded = settingWith([{ succeeded: 3, resisted: 30 }], { finding_categories: [] });
    expect(firstAction(ungraded)).toBe('No action follows by rule: what succeeded is called no finding.');
    expect(severityLead(ungraded, ungraded.head)).toBe(
      'What succeeded is called no finding, so no run has a severity.',
    );
    expect(emptyFindings(ungraded, 'all')).toBe('There are no findings: what succeeded is called none.');
  });

  it('says which sections are left out, and why', () => {
    const without = (...keys: readonly string[]): Partial<ReportFacts> => ({
      outline: outlineOfSections(sectionKeys.filter((key) => !keys.includes(key))),
    });
    const said = ({ facts, ledger }: ReportSetting): string => absentSentence({ facts, ledger });
    expect(said(settingWith([{ resisted: 36 }], {}, [], without('asr_by_goal', 'findings')))).toBe(
      'Attack Success Rate by Goal: no run has a goal. Findings: no attack succeeded or came close.',
    );
    expect(said(settingWith([{ not_assessed: 36 }], {}, [], without('severity_breakdown')))).toBe(
      'Severity Breakdown: no run could be assessed.',
    );
    const filtered = settingWith([{ succeeded: 3, open: { ...none, high: 3 } }], {}, [], without('evidence'));
    expect(said(filtered)).toBe('Evidence: no finding matches the filter.');
    expect(said(settingOf(richReport(without('asr_by_goal', 'findings'))))).toBe(
      'Attack Success Rate by Goal and Findings: not asked for.',
    );
    // Successes that would belong to an item make a row of it, and carry no tag.
    const untagged = settingWith(
      [{ succeeded: 3, open: { ...none, high: 3 } }],
      { compliance_items: [sampleItem('owasp_llm_top_10', 'LLM01', { untagged_successes: 3 })] },
      [],
      without('compliance'),
    );
    expect(said(untagged)).toBe('Compliance Coverage: no run carries a tag of a chosen framework.');
    expect(said(rich)).toBe('');
    // Scope & Method has it; where that is left out itself, the summary.
    expect(textOf(executiveSummary(settingOf(richReport(without('findings'))), '1').blocks)).not.toContain(
      'not asked for',
    );
    expect(textOf(executiveSummary(settingOf(richReport(without('methodology'))), '1').blocks)).toContain(
      'not asked for',
    );
  });

  it('says of which targets it speaks, each by itself, and leaves out those that were never attacked', () => {
    const setting = settingWith(
      [
        { target_key: 'n:a', name: 'a', succeeded: 1, resisted: 9, open: { ...none, high: 1 } },
        { target_key: 'n:b', name: 'b', resisted: 30 },
      ],
      {
        assessments: [
          sampleAssessment({ name: 'A', target_model: 'a', target_keys: ['n:a'], succeeded: 1, resisted: 9 }),
          sampleAssessment({ name: 'B', target_model: 'b', target_keys: ['n:b'], resisted: 30 }),
          sampleAssessment({ name: 'C', target_model: 'tea-bot 2', target_keys: [] }),
        ],
      },
    );
    const said = textOf(executiveSummary(setting, '1').blocks);
    expect(said).toContain('40 attack runs with 0 trials in 2 assessments against a and b');
    expect(said).toContain('a: 1 of 10 assessed runs succeeded: 10.0 %');
    expect(said).toContain('b: No attack succeeded in 30 assessed runs');
    const cover = composeCover(setting, 'Title');
    expect(read(cover.subtitle)).toBe('a and b');
    expect(cover.rows.find(({ label }) => label === 'Target')?.lines).toEqual(['a', 'b', 'without a run: tea-bot 2']);
    expect(read(cover.summary)).toContain('40 attack runs in two assessments');
  });
});

describe('cover', () => {
  it('titles many targets by the riskiest two and a number', () => {
    const setting = settingWith(['a', 'b', 'c', 'd'].map((name) => ({ target_key: `n:${name}`, name, resisted: 1 })));
    expect(composeCover(setting, 'Title').subtitle).toBe('a, b and two more targets');
  });

  it('says when nobody dates the data', () => {
    const setting = settingWith([{ resisted: 1 }], {}, [], { data_as_of: null });
    expect(composeCover(setting, 'Title').rows.find(({ label }) => label === 'Data as of')?.lines).toEqual([
      'undated: no source names a time',
    ]);
  });
});

describe('metrics', () => {
  it('explains the floor of the risk score', () => {
    expect(riskLead(rich)).toBe(
      'The score follows the worst severity of an open finding that succeeded, then the success rate. With a critical one it is 6.0 or more, however rarely attacks succeed.',
    );
    expect(riskLead(hits)).toContain('the score is a lower bound');
    expect(riskLead(unassessed)).toBe('No run could be assessed, so there is no score.');
  });

  const tile = (setting: ReportSetting, label: string): string => {
    const tiles = riskScoreMetrics(setting, '2').blocks.find((block) => block.kind === 'tiles');
    const own = tiles?.kind === 'tiles' ? tiles.tiles.find((one) => one.label === label) : undefined;
    return read([own?.value, ...(own?.lines ?? [])].join(' | '));
  };

  it('means trials a run over runs whose trials are all known', () => {
    expect(tile(hits, 'Attack runs')).toBe('12 | 12 hits of an unknown number of runs | 12 successful trials of hits');
    const mixed = settingWith([{ resisted: 20, hits_only: 6, trials: 46, hit_trials: 6 }]);
    expect(tile(mixed, 'Attack runs')).toBe(
      '26 | 20 assessed, 0 not, 6 hits | 40 trials, 2.0 a run; 6 successful trials of hits',
    );
  });

  it('has a lower bound and no score where there is none', () => {
    expect(tile(hits, 'Risk score')).toBe('≥ 6.0 | at least, of 10, band: high or above | 10 × 0.6, ASR unknown');
    expect(tile(unassessed, 'Risk score')).toBe('n/a | no run could be assessed | no score, and no evidence of safety');
  });

  it('says of findings what is open and what a filter keeps', () => {
    const setting = settingWith(
      [
        {
          succeeded: 3,
          resisted: 7,
          open: { ...none, high: 2 },
          open_close: { ...none, low: 1 },
          closed: { ...none, high: 1 },
          remediated: 1,
          dismissed: 2,
        },
      ],
      {},
      [{ severity: 'high' }],
      { filter: { severity: ['high'] } },
    );
    expect(tile(setting, 'Findings')).toBe(
      '4 | 3 succeeded, 1 came close | 3 open, 1 closed, 2 runs triaged away, 1 kept by the filter',
    );
  });

  it('gives each target a line, and no row of sums', () => {
    const setting = settingWith([
      { target_key: 'n:a', name: 'a', succeeded: 30, resisted: 10, open: { ...none, high: 30 } },
      { target_key: 'n:b', name: 'b', resisted: 40 },
    ]);
    const { blocks } = riskScoreMetrics(setting, '2');
    expect(tableOf(blocks)?.rows.map((row) => row.cells[0]?.lines.map((line) => read(line[0]?.text ?? '')))).toEqual([
      ['a', 'high risk, 30 open findings that succeeded'],
      ['b', 'no attack succeeded'],
    ]);
    expect(textOf(blocks)).not.toContain('37.5');
    expect(tile(setting, 'Risk score')).toContain('7.2');
  });

  it('prints no rate of an assessment of several targets', () => {
    const setting = settingWith(
      [
        { target_key: 'n:a', name: 'a', succeeded: 5, resisted: 5 },
        { target_key: 'n:b', name: 'b', resisted: 10 },
      ],
      { assessments: [sampleAssessment({ target_keys: ['n:a', 'n:b'], succeeded: 5, resisted: 15 })] },
    );
    const table = riskScoreMetrics(setting, '2')
      .blocks.filter((block) => block.kind === 'table')
      .at(-1);
    expect(textOf(table)).toContain('n/a (2 targets)');
  });
});

describe('severity breakdown', () => {
  it('sums up open successes, and tells apart what came close or is closed', () => {
    expect(read(severityLead(rich, rich.head))).toBe(
      '74 open findings succeeded: 9 critical, 27 high and 38 medium. 46 open findings resisted but came close: 46 low.',
    );
    expect(severityLead(zero, zero.head)).toBe('Nothing succeeded or came close, so no run has a severity.');
    expect(severityLead(unassessed, unassessed.head)).toBe('No run could be assessed, so no run has a severity.');
  });

  it('prints a band only where a score decided', () => {
    const setting = settingWith([{ succeeded: 12, resisted: 1, open: { ...none, high: 12 } }], {
      severities: [
        sampleSeverity('critical', { succeeded: 1, sources: { source: 1 } }),
        sampleSeverity('high', { succeeded: 7, sources: { score_band: 4, human: 1 }, by_policy: 2 }),
        sampleSeverity('low', { succeeded: 1, sources: {}, by_policy: 1 }),
      ],
    });
    const column = tableOf(severityBreakdown(setting, '3').blocks)?.rows.map((row) =>
      read(row.cells[5]?.lines[0]?.[0]?.text ?? ''),
    );
    expect(column).toEqual([
      'the source file',
      'severity policy: 2, an analyst: 1 and score from 0.70 to below 0.90: 4',
      'n/a',
      'severity policy',
      'n/a',
    ]);
  });

  it('says of a severity whose findings the filter leaves out that there are some', () => {
    const setting = settingWith(
      [{ succeeded: 3, resisted: 1, open: { ...none, critical: 3 } }],
      { severities: [sampleSeverity('critical', { succeeded: 3 })] },
      [],
      { filter: { severity: ['high'] } },
    );
    const [critical, high] = tableOf(severityBreakdown(setting, '3').blocks)?.rows ?? [];
    expect(textOf(critical?.cells.at(-1))).toContain('left out by the filter');
    expect(textOf(high?.cells.at(-1))).toContain('none');
  });
});

describe('findings and their evidence', () => {
  it('sums up findings and their evidence level', () => {
    expect(read(findingsLead(rich))).toBe(
      '120 findings: 9 critical, 27 high, 38 medium and 46 low. Sorted by severity, then what succeeded and is open, then score. The identifier leads to the detail.',
    );
    expect(textOf(findingsSection(zero, '4').blocks)).toContain(
      'There are no findings: of 36 assessed runs none succeeded or came close.',
    );
    expect(read(evidenceLead(rich))).toContain('Prompts and answers stand as the source holds them');
  });

  it('says of each whether it succeeded, and of which target it is where there are several', () => {
    const facts = sampleFacts({
      rows: {
        ...sampleFacts().rows,
        targets: [sampleTarget({ succeeded: 1 }), sampleTarget({ target_key: 'n:b', name: 'b', resisted: 1 })],
      },
    });
    const rows = composeFindings(facts, [
      sampleFinding(),
      sampleFinding({
        target_key: 'n:b',
        outcome: 'resisted',
        finding_type: 'partial',
        succeeded_trials: 0,
        finding_status: 'accepted_risk',
      }),
    ]);
    const cells = rows.map(({ row }) => [
      row.cells[2]?.lines[1]?.[0]?.text,
      row.cells[5]?.lines.flat().map(({ text }) => text),
    ]);
    expect(cells).toEqual([
      ['System prompt leak; target: Example Corp support assistant v2.3', ['succeeded', 'open']],
      ['System prompt leak; target: b', ['came close', 'accepted risk']],
    ]);
  });
});

describe('recommendations', () => {
  it('orders actions as it says', () => {
    expect(actionsLead(5)).toBe(
      'Five actions, ordered by the critical, then high, then medium open findings they address. Each finding is counted under the action for its category.',
    );
    const { actions, further } = planActions(richReport().facts.rows.finding_categories);
    expect(actions.map((action) => action.addresses.critical)).toEqual([3, 2, 2, 1, 1]);
    expect(further).toHaveLength(1);
  });

  it('derives none from what resisted or is closed', () => {
    const rows = [
      sampleCategory('pii_extraction', { critical: 2 }, { open: none, open_close: { ...none, critical: 2 } }),
      sampleCategory('tool_misuse', { high: 3 }, { open: none, closed: { ...none, high: 3 } }),
    ];
    expect(planActions(rows).actions).toEqual([]);
    const setting = settingWith(
      [
        {
          succeeded: 3,
          resisted: 30,
          closed: { ...none, high: 3 },
          remediated: 3,
          open_close: { ...none, critical: 2 },
        },
      ],
      { finding_categories: rows },
    );
    expect(noActionReason(setting)).toBe('there is no open finding that succeeded (3 remediated).');
    expect(textOf(recommendations(setting, '1'))).toContain(
      '2 open runs resisted but came close; no action is derived from them.',
    );
  });

  it('say once that a category has no fixed text, and name it', () => {
    const setting = settingWith([{ succeeded: 5, open: { ...none, medium: 5 } }], {
      finding_categories: [sampleCategory('uncategorised', { medium: 5 })],
    });
    const said = textOf(recommendations(setting, '1'));
    expect(said.match(/fixed text/g)).toHaveLength(2);
    expect(said).toContain('No fixed text for: Uncategorised (5).');
  });

  it('adds up a category over targets, and names them', () => {
    const setting = settingWith(
      [
        { target_key: 'n:a', name: 'a', succeeded: 1, open: { ...none, high: 1 } },
        { target_key: 'n:b', name: 'b', succeeded: 2, open: { ...none, high: 2 } },
      ],
      {
        finding_categories: [
          sampleCategory('tool_misuse', { high: 1 }, { target_key: 'n:a' }),
          sampleCategory('tool_misuse', { high: 2 }, { target_key: 'n:b' }),
        ],
      },
    );
    const said = textOf(recommendations(setting, '1'));
    expect(said).toContain('Found on a and b.');
    expect(said).toContain('"high":3');
  });

  it('counts those that a filter leaves out apart from those that are only not named', () => {
    const setting = settingWith(
      [{ succeeded: 9, resisted: 1, open: { ...none, high: 9 } }],
      { finding_categories: [sampleCategory('system_prompt_leak', { high: 9 })] },
      Array.from({ length: 5 }, () => ({ severity: 'high' as const })),
      { filter: { min_score: 0.9 } },
    );
    expect(textOf(recommendations(setting, '1'))).toContain(' +2, and 4 left out by the filter');
  });
});

describe('claims', () => {
  it('stands behind each figure of the front page', () => {
    const { facts, findings } = richReport();
    const { claims } = composeReport(facts, digestOf(composeFindings(facts, findings)));
    const kinds = new Set(claims.filter(({ place }) => place === 'glance').map(({ claim }) => claim.kind));
    for (const kind of ['risk', 'rate', 'counts', 'worst', 'severities']) expect([...kinds]).toContain(kind);
    expect(
      claims.every(({ claim }) => claim.about.target === undefined || claim.about.target === sampleTargetKey),
    ).toBe(true);
  });
});
