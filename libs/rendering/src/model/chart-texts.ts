import { attackSuccessRate, type Rate, riskBands, type RunCounts, severities, type Severity, totalRuns } from '#domain';
import {
  formatCount,
  intervalValue,
  ofTotal,
  percent,
  percentValue,
  points,
  pointsInterval,
  wholePercent,
} from '../format/numbers.ts';
import { severityMarks } from '../theme/colours.ts';
import type { HeatCell, LiftRow, OutcomeBarRow } from './report-content.ts';

interface Segment<Key> {
  readonly key: Key;
  readonly label: string;
  readonly count: number;
}

/** Of a bar of outcomes, from left to right. */
export function outcomeSegments(counts: RunCounts): readonly Segment<keyof RunCounts>[] {
  const segment = (key: keyof RunCounts, word: string): Segment<keyof RunCounts> => ({
    key,
    label: `${formatCount(counts[key])} ${word}`,
    count: counts[key],
  });
  const assessed = [
    segment('succeeded', 'succeeded'),
    segment('resisted', 'resisted'),
    segment('not_assessed', 'not assessed'),
  ];
  // Hits without a denominator stand apart: they are successes, but of no known whole.
  return counts.hits_only > 0 ? [segment('hits_only', 'hits only'), ...assessed] : assessed;
}

/** Of a bar of severities, the worst first; none where no finding has one. */
export const severitySegments = (counts: Readonly<Record<Severity, number>>): readonly Segment<Severity>[] =>
  severities
    .filter((severity) => counts[severity] > 0)
    .map((key) => ({ key, label: `${severityMarks[key].word} ${formatCount(counts[key])}`, count: counts[key] }));

export const noSeverity = 'no open finding that succeeded';

export const runsOf = ({ counts }: OutcomeBarRow): string => `${formatCount(totalRuns(counts))} runs`;

/** Heads of the columns of figures beside a chart. */
export const dotHeads = ['k / n', 'ASR', '95 % interval'] as const;
export const liftHeads = ['with', 'baseline', 'lift', '95 % interval'] as const;
/** Left and right of zero. */
export const liftSides = ['helps the target', 'helps the attacker'] as const;

export const rateFigures = (rate: Rate): readonly string[] => [
  ofTotal(rate.succeeded, rate.assessed),
  percentValue(rate.value),
  intervalValue(rate),
];

export const liftFigures = ({ rate, baseline, lift }: LiftRow): readonly string[] => [
  rate ? ofTotal(rate.succeeded, rate.assessed) : '0 / 0',
  baseline ? ofTotal(baseline.succeeded, baseline.assessed) : 'none',
  lift ? points(lift.value) : 'n/a',
  lift ? pointsInterval(lift) : 'n/a',
];

export const overallText = (rate: Rate): string => `all ${percent(rate.value)}`;
export const omittedRowsText = (count: number): string => `… ${formatCount(count)} further rows in the table below`;

/** Rate, and what it is of; null: nothing was tried. */
export function heatTexts(cell: HeatCell): { readonly rate: Rate | null; readonly lines: [string, string] } | null {
  if (cell === null || totalRuns(cell) === 0) return null;
  const rate = attackSuccessRate(cell);
  if (rate !== null) return { rate, lines: [wholePercent(rate.value), ofTotal(rate.succeeded, rate.assessed)] };
  const known = cell.hits_only > 0 ? `${cell.hits_only} hits` : `0 of ${cell.not_assessed}*`;
  return { rate, lines: ['n/a', known] };
}

export const notTried = 'not tried';

/** Grounds of heat cells, with a rate that has each; null: nothing was tried. */
export const heatLegend: readonly (readonly [string, number | null])[] = [
  [notTried, null],
  ['tried, 0 %', 0],
  ['below 10 %', 0.05],
  ['10 – 24', 0.2],
  ['25 – 49', 0.3],
  ['50 and more', 0.6],
];

export const riskScale = riskBands.map(([band, from], index) => ({
  band,
  from,
  to: riskBands[index + 1]?.[1] ?? 10,
  text: `${from} ${band}`,
}));
