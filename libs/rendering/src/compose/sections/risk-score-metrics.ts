import { type AssessmentRow, attackSuccessRate, riskScore, totalRuns, worstSeverity } from '#domain';
import { cell, fewNote, fewSign, intervalCell, notes, quietCell, rateCell } from '../../model/blocks.ts';
import { composeAsr, composeRisk } from '../../sentences/compose-glance.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import { formatCount, interval, plural } from '../../format/numbers.ts';
import type { Block, TableBlock, Tile } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { shortenName } from '../../text/shorten-field.ts';
import type { SectionComposer } from './section-composer.ts';

/** Beyond this many assessments the bars are left to the table. */
const mostBars = 12;

/** Tiles, outcome bars and one row for each assessment. */
export const riskScoreMetrics: SectionComposer = (setting, number) => {
  const { facts, counts, rate } = setting;
  const { assessments } = facts.rows;
  const shown = assessments.slice(0, mostBars);
  const bars: Block = {
    kind: 'outcome_bars',
    rows: [
      ...shown.map((row) => ({ label: shortenName(row.name, 120), counts: row })),
      ...(assessments.length > 1 ? [{ label: 'All', counts, strong: true as const }] : []),
    ],
  };
  const few = [rate, ...assessments.map(attackSuccessRate)].some((one) => fewSign(one) !== '');
  return {
    lead: [{ text: leadSentence(setting) }],
    blocks: [
      { kind: 'tiles', tiles: tiles(setting) },
      {
        kind: 'heading',
        number: `${number}.1`,
        text: 'Outcomes by assessment',
        anchor: 'section-risk_score_metrics-1',
      },
      bars,
      assessmentTable(setting),
      ...notes([
        assessments.length > shown.length &&
          `Bars of the first ${mostBars} assessments; the table has all ${formatCount(assessments.length)}.`,
        assessments.length > 1 && 'The row All merges counts; it is not an average of the rows above.',
        few && fewNote,
        counts.hits_only > 0 &&
          'n/a (hits only): the source lists successes alone, so there is no rate; its risk score is a lower bound.',
        unfilteredNote(facts, setting.runs),
      ]),
    ],
  };
};

export function leadSentence({ risk, rate }: Pick<ReportSetting, 'risk' | 'rate'>): string {
  if (risk.worst === null) {
    return rate === null
      ? 'No run could be assessed, so the score says nothing.'
      : 'Nothing succeeded or came close, so the score is 0 by rule; the interval of the success rate says what remains open.';
  }
  const floor = (Math.round(risk.base * 6) / 10).toFixed(1);
  const article = risk.worst === 'info' ? 'an' : 'a';
  const bound = risk.asr === null ? ' The success rate is not known, so the score is a lower bound.' : '';
  return `The score follows the worst severity present, then the success rate. One ${article === 'an' ? 'info' : risk.worst} finding keeps it at ${floor} or more, however rarely attacks succeed.${bound}`;
}

function tiles(setting: ReportSetting): Tile[] {
  const { counts, rate, trials, runs, facts, cameClose } = setting;
  const risk = composeRisk(setting);
  const asr = composeAsr(setting);
  const assessed = counts.succeeded + counts.resisted;
  const perRun = runs === 0 ? '' : `, ${(trials / runs).toFixed(1)} a run`;
  const hits = counts.hits_only > 0 ? `, ${formatCount(counts.hits_only)} hits only` : '';
  return [
    {
      label: 'Risk score',
      value: setting.risk.asr === null && setting.risk.worst !== null ? `≥ ${risk.text}` : risk.text,
      lines: [risk.qualifier, formulaInShort(setting)],
    },
    {
      label: 'ASR, per attack run',
      value: asr.text,
      lines:
        rate === null
          ? [asr.qualifier, 'no interval']
          : [
              `${formatCount(rate.succeeded)} of ${formatCount(rate.assessed)} assessed`,
              `95 % interval ${interval(rate)}`,
            ],
    },
    {
      label: 'Attack runs',
      value: formatCount(runs),
      lines: [
        `${formatCount(assessed)} assessed, ${formatCount(counts.not_assessed)} not${hits}`,
        `${plural(trials, 'trial')}${perRun}`,
      ],
    },
    {
      label: 'Findings',
      value: formatCount(facts.finding_count),
      lines: [
        `${formatCount(counts.succeeded + counts.hits_only)} succeeded, ${formatCount(cameClose)} came close`,
        `${plural(setting.dismissed, 'run')} triaged away`,
      ],
    },
  ];
}

function formulaInShort({ risk }: Pick<ReportSetting, 'risk'>): string {
  if (risk.worst === null) return 'nothing succeeded or came close';
  return risk.asr === null ? `${risk.base} × 0.6, ASR unknown` : `${risk.base} × (0.6 + 0.4 × ${risk.asr.toFixed(3)})`;
}

function assessmentTable({ facts, counts, risk, rate }: ReportSetting): TableBlock {
  const { assessments } = facts.rows;
  const right = 'right' as const;
  const riskOf = (row: AssessmentRow): string => {
    const own = attackSuccessRate(row);
    const value = riskScore(worstSeverity(row.severities), own?.value ?? null);
    return own === null && value.worst !== null ? `≥ ${value.value.toFixed(1)}` : value.value.toFixed(1);
  };
  const reason = (row: { hits_only: number }): string => (row.hits_only > 0 ? 'n/a (hits only)' : 'n/a');
  return {
    kind: 'table',
    columns: [
      { title: 'Assessment', width: '*' },
      { title: 'Runs', width: 40, align: right },
      { title: 'Not assessed', width: 52, align: right },
      { title: 'Resisted', width: 50, align: right },
      { title: 'Succeeded', width: 58, align: right },
      { title: 'ASR %', width: 46, align: right },
      { title: '95 % interval', width: 66, align: right },
      { title: 'Risk', width: 40, align: right },
    ],
    rows: assessments.map((row) => {
      const own = attackSuccessRate(row);
      return {
        cells: [
          cell(shortenName(row.name)),
          cell(formatCount(totalRuns(row))),
          cell(formatCount(row.not_assessed)),
          cell(formatCount(row.resisted)),
          cell(formatCount(row.succeeded + row.hits_only)),
          own === null ? quietCell(reason(row)) : cell(`${fewSign(own)}${rateCell(own).lines[0]?.[0]?.text ?? ''}`),
          intervalCell(own),
          cell(riskOf(row)),
        ],
      };
    }),
    ...(assessments.length > 1
      ? {
          total: {
            cells: [
              cell('All'),
              cell(formatCount(totalRuns(counts))),
              cell(formatCount(counts.not_assessed)),
              cell(formatCount(counts.resisted)),
              cell(formatCount(counts.succeeded + counts.hits_only)),
              rateCell(rate),
              intervalCell(rate),
              cell(rate === null && risk.worst !== null ? `≥ ${risk.value.toFixed(1)}` : risk.value.toFixed(1)),
            ],
          },
        }
      : {}),
  };
}
