import { attackSuccessRate, countsClaim, numberClaim, rateClaim, totalRuns } from '#domain';
import { cell, fewNote, fewSign, intervalCell, notes, quietCell, rateCell } from '../../model/blocks.ts';
import { composeAsr, composeRisk } from '../../sentences/risk-sentences.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import { formatCount, interval, plural } from '../../format/numbers.ts';
import { findingLines, riskInShortWords, riskLead, runLines } from '../../sentences/metric-sentences.ts';
import type { Block, TableBlock, Tile } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { riskInShort, targetTable } from '../../sentences/target-table.ts';
import { tellApart } from '../../text/tell-apart.ts';
import type { SectionComposer } from './section-composer.ts';

/** Beyond this many assessments the bars are left to the table. */
const mostBars = 12;
const mostTargets = 1000;

/** Tiles, a line for each target where there are several, outcome bars and one row for each assessment. */
export const riskScoreMetrics: SectionComposer = (setting, number) => {
  const { facts, counts, targets, head } = setting;
  const { assessments } = facts.rows;
  const shown = assessments.slice(0, mostBars);
  const several = targets.length > 1;
  const names = tellApart(
    assessments.map(({ name }) => name),
    120,
  );
  const bars: Block = {
    kind: 'outcome_bars',
    rows: [
      ...shown.map((row) => ({ label: names.get(row.name) ?? row.name, counts: row })),
      ...(assessments.length > 1 && !several ? [{ label: 'All', counts, strong: true as const }] : []),
    ],
  };
  const few = [...targets.map((target) => target.rate), ...assessments.map(attackSuccessRate)].some(
    (one) => fewSign(one) !== '',
  );
  const heading = (part: number, text: string): Block => ({
    kind: 'heading',
    number: `${number}.${part}`,
    text,
    anchor: `section-risk_score_metrics-${part}`,
  });
  return {
    lead: [{ text: riskLead(setting) }],
    blocks: [
      { kind: 'tiles', tiles: tiles(setting) },
      ...(several
        ? [
            ...notes([
              `The figures above are of ${head.name} alone: nothing is summed over targets but numbers of runs and of findings.`,
            ]),
            heading(1, 'Targets'),
            targetTable(setting, mostTargets),
          ]
        : []),
      heading(several ? 2 : 1, 'Outcomes by assessment'),
      bars,
      assessmentTable(setting),
      ...notes([
        assessments.length > shown.length &&
          `Bars of the first ${mostBars} assessments; the table has all ${formatCount(assessments.length)}.`,
        assessments.length > 1 && !several && 'The row All merges counts; it is not an average of the rows above.',
        few && fewNote,
        counts.hits_only > 0 &&
          'Hits are successes of sources that list nothing else: they are in no rate, and a risk score that they enter is a lower bound.',
        unfilteredNote(facts, setting.runs),
      ]),
    ],
  };
};

function tiles(setting: ReportSetting): Tile[] {
  const { head, ledger } = setting;
  const { rate } = head;
  const about = { target: head.key };
  const number = (of: 'runs' | 'findings', value: number): string =>
    ledger.state(numberClaim(of, value, about), formatCount(value));
  const asr = composeAsr({ ...setting, targets: [head] });
  const risk = composeRisk({ ...setting, targets: [head] });
  return [
    {
      label: 'Risk score',
      value: ledger.state(head.risk, riskInShort(head)),
      lines: [risk.qualifier, ledger.state(head.risk, riskInShortWords(head))],
    },
    {
      label: 'ASR, per attack run',
      value: asr.text,
      lines:
        rate === null
          ? [asr.qualifier, 'no interval']
          : [
              `${formatCount(rate.succeeded)} of ${formatCount(rate.assessed)} assessed`,
              ledger.state(rateClaim(about, rate), `95 % interval ${interval(rate)}`),
            ],
    },
    { label: 'Attack runs', value: number('runs', head.runs), lines: runLines(setting, head) },
    { label: 'Findings', value: number('findings', head.findings), lines: findingLines(setting, head) },
  ];
}

function assessmentTable({ facts, counts, rate, targets, ledger }: ReportSetting): TableBlock {
  const { assessments } = facts.rows;
  const right = 'right' as const;
  const names = tellApart(assessments.map(({ name }) => name));
  const hits = counts.hits_only > 0;
  const hitsCell = (row: { readonly hits_only: number }): ReturnType<typeof cell>[] =>
    hits ? [cell(formatCount(row.hits_only))] : [];
  return {
    kind: 'table',
    columns: [
      { title: 'Assessment', width: '*' },
      { title: 'Runs', width: 40, align: right },
      { title: 'Not assessed', width: 52, align: right },
      { title: 'Resisted', width: 50, align: right },
      { title: 'Succeeded', width: 58, align: right },
      ...(hits ? [{ title: 'Hits', width: 36, align: right }] : []),
      { title: 'ASR %', width: 66, align: right },
      { title: '95 % interval', width: 66, align: right },
    ],
    rows: assessments.map((row) => {
      // A rate is of one system: an assessment of several has none.
      const mixed = row.target_keys.length > 1;
      const own = mixed ? null : attackSuccessRate(row);
      const name = names.get(row.name) ?? row.name;
      ledger.state(countsClaim({ assessment: row.name }, row), `${name}: ${plural(totalRuns(row), 'run')}`);
      return {
        cells: [
          cell(name),
          cell(formatCount(totalRuns(row))),
          cell(formatCount(row.not_assessed)),
          cell(formatCount(row.resisted)),
          cell(formatCount(row.succeeded)),
          ...hitsCell(row),
          own === null
            ? quietCell(
                mixed
                  ? `n/a (${formatCount(row.target_keys.length)} targets)`
                  : row.hits_only > 0
                    ? 'n/a (hits only)'
                    : 'n/a',
              )
            : cell(`${fewSign(own)}${rateCell(own).lines[0]?.[0]?.text ?? ''}`),
          intervalCell(own),
        ],
      };
    }),
    ...(assessments.length > 1 && targets.length === 1
      ? {
          total: {
            cells: [
              cell('All'),
              cell(formatCount(totalRuns(counts))),
              cell(formatCount(counts.not_assessed)),
              cell(formatCount(counts.resisted)),
              cell(formatCount(counts.succeeded)),
              ...hitsCell(counts),
              rate === null ? rateCell(rate) : cell(`${fewSign(rate)}${rateCell(rate).lines[0]?.[0]?.text ?? ''}`),
              intervalCell(rate),
            ],
          },
        }
      : {}),
  };
}
