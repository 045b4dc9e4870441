import { attackSuccessRate, type Rate, riskBands, type RunCounts, severities, type Severity, totalRuns } from '#domain';
import {
  formatCount,
  intervalValue,
  ofTotal,
  percent,
  percentValue,
  points,
  plural,
  pointsInterval,
  wholePercent,
} from '../format/numbers.ts';
import { heatTint, severityMarks } from '../theme/colours.ts';
import type { DotChartBlock, DotRow, HeatCell, HeatGridBlock, LiftRow, OutcomeBarRow } from './report-content.ts';

interface Segment<Key> {
  readonly key: Key;
  readonly label: string;
  readonly count: number;
  /** Of the whole that it is a part of. */
  readonly share: string;
}

/** Of a bar of outcomes, from left to right. */
export function outcomeSegments(counts: RunCounts): readonly Segment<keyof RunCounts>[] {
  const rated = totalRuns(counts) - counts.hits_only;
  const segment = (key: keyof RunCounts, word: string): Segment<keyof RunCounts> => ({
    key,
    label: `${formatCount(counts[key])} ${word}`,
    count: counts[key],
    share: rated === 0 ? '' : percent(counts[key] / rated),
  });
  // Hits without a denominator stand apart: they are successes, but of no known whole, and say nothing of the others.
  const hits: Segment<keyof RunCounts> = {
    key: 'hits_only',
    label: counts.hits_only === 1 ? '1 hit' : `${formatCount(counts.hits_only)} hits`,
    count: counts.hits_only,
    share: 'in no rate',
  };
  if (rated === 0 && counts.hits_only > 0) return [hits];
  const assessed = [
    segment('succeeded', 'succeeded'),
    segment('resisted', 'resisted'),
    segment('not_assessed', 'not assessed'),
  ];
  return counts.hits_only > 0 ? [hits, ...assessed] : assessed;
}

/** Of a bar of severities, the worst first; none where no finding has one. */
export function severitySegments(counts: Readonly<Record<Severity, number>>): readonly Segment<Severity>[] {
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0);
  return severities
    .filter((severity) => counts[severity] > 0)
    .map((key) => ({
      key,
      label: `${severityMarks[key].word} ${formatCount(counts[key])}`,
      count: counts[key],
      share: percent(counts[key] / total),
    }));
}

export const noSeverity = 'no open finding that succeeded';

export const runsOf = ({ counts }: OutcomeBarRow): string => plural(totalRuns(counts), 'run');

/** Heads of the columns of figures beside a chart. */
export const dotHeads = ['k / n', 'ASR', '95 % interval'] as const;
/** Where files that list successes alone are among the sources. */
export const hitsHead = 'hits';
export const liftHeads = ['with', 'baseline', 'lift', '95 % interval', 'p'] as const;
/** Left and right of zero. */
export const liftSides = ['helps the target', 'helps the attacker'] as const;

/** `hits`: a column of them stands behind k / n. */
export function dotFigures({ rate, hits }: DotRow, withHits: boolean): readonly string[] {
  const [kn, ...others] = rate ? rateFigures(rate) : [hits > 0 ? 'n/a' : '0 / 0', 'n/a', 'n/a'];
  return [kn ?? '', ...(withHits ? [formatCount(hits)] : []), ...others];
}

const rateFigures = (rate: Rate): readonly string[] => [
  ofTotal(rate.succeeded, rate.assessed),
  percentValue(rate.value),
  intervalValue(rate),
];

export const liftFigures = ({ rate, hits, baseline, lift, p }: LiftRow): readonly string[] => [
  rate ? ofTotal(rate.succeeded, rate.assessed) : hits > 0 ? hitsOf(hits) : '0 / 0',
  baseline ? ofTotal(baseline.succeeded, baseline.assessed) : 'none',
  lift ? points(lift.value) : 'n/a',
  lift ? pointsInterval(lift) : 'n/a',
  p,
];

const hitsOf = (hits: number): string => (hits === 1 ? '1 hit' : `${formatCount(hits)} hits`);
export const hasHits = (chart: DotChartBlock): boolean => chart.rows.some((row) => row.hits > 0);

export const overallText = (rate: Rate): string => `all ${percent(rate.value)}`;
export const omittedRowsText = (count: number): string => `… ${formatCount(count)} further rows in the table below`;

/** Rate, what it is of, and hits that are in no rate; null: nothing was tried. */
export function heatTexts(cell: HeatCell): { readonly rate: Rate | null; readonly lines: readonly string[] } | null {
  if (cell === null || totalRuns(cell) === 0) return null;
  const rate = attackSuccessRate(cell);
  const hits = cell.hits_only > 0 ? hitsOf(cell.hits_only) : null;
  if (rate !== null) {
    const lines = [wholePercent(rate.value), ofTotal(rate.succeeded, rate.assessed)];
    return { rate, lines: hits === null ? lines : [...lines, `+ ${hits}`] };
  }
  return { rate, lines: ['n/a', hits ?? `0 of ${formatCount(cell.not_assessed)}*`] };
}

/** Of a cell without a run. A file that lists hits alone does not say what else was tried. */
export const untriedText = (grid: HeatGridBlock): string =>
  heatCells(grid).some((cell) => (cell?.hits_only ?? 0) > 0) ? 'no run or hit in the sources' : 'not tried';

/** Grounds of heat cells, with a rate that has each; null: nothing was tried. */
export const heatLegend: readonly (readonly [string, number | null])[] = [
  ['not tried', null],
  ['tried, 0 %', 0],
  ['below 10 %', 0.05],
  ['10 – 24 %', 0.2],
  ['25 – 49 %', 0.3],
  ['50 % and more', 0.6],
];

/** Its margins too. */
export const heatCells = ({ rows, all, total }: HeatGridBlock): readonly HeatCell[] => [
  ...rows.flatMap((row) => [...row.cells, row.all]),
  ...all,
  total,
];

/** Of the grounds those that a grid shows; margins have no tint. */
export function heatLegendOf(grid: HeatGridBlock): typeof heatLegend {
  const hatched = heatCells(grid).some((cell) => heatTexts(cell) === null);
  const tints = new Set(
    grid.rows
      .flatMap(({ cells }) => cells)
      .flatMap((cell) => heatTexts(cell)?.rate ?? [])
      .map(({ value }) => heatTint(value)),
  );
  return heatLegend
    .filter(([, rate]) => (rate === null ? hatched : tints.has(heatTint(rate))))
    .map(([text, rate]) => [rate === null ? untriedText(grid) : text, rate] as const);
}

export const riskScale = riskBands.map(([band, from], index) => ({
  band,
  from,
  to: riskBands[index + 1]?.[1] ?? 10,
  text: `${from} ${band}`,
}));
