import { percentValue, points } from '../format/numbers.ts';
import type { DotChartBlock, LiftChartBlock } from './report-content.ts';

export interface Axis {
  /** Where a value lies, from 0 to 1. */
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
  readonly tickText: (tick: number) => string;
  /** Behind the last tick. */
  readonly unit: string;
}

const percentTick = (tick: number): string => percentValue(tick).replace('.0', '');

/** From 0 to a round end above the widest interval. */
export function dotAxis(chart: DotChartBlock): Axis {
  const highest = Math.max(0.25, chart.overall?.value ?? 0, ...chart.rows.map((row) => row.rate?.high ?? 0));
  const step = highest <= 0.3 ? 0.05 : highest <= 0.6 ? 0.1 : 0.2;
  const bound = Math.min(1, Math.ceil(highest / step - 1e-9) * step);
  const ticks = Array.from({ length: Math.round(bound / step) + 1 }, (_, i) => i * step);
  return { place: (share) => share / bound, ticks, tickText: percentTick, unit: ' %' };
}

const liftBounds = [0.15, 0.3, 0.6, 1];

/** The same to both sides of zero. */
export function liftAxis(chart: LiftChartBlock): Axis {
  const largest = Math.max(
    ...chart.rows.map((row) => Math.max(Math.abs(row.lift?.low ?? 0), Math.abs(row.lift?.high ?? 0))),
  );
  const bound = liftBounds.find((one) => one >= largest) ?? 1;
  return {
    place: (share) => (share + bound) / (2 * bound),
    ticks: [-1, -0.5, 0, 0.5, 1].map((part) => part * bound),
    tickText: (tick) => points(tick).replace('.0', ''),
    unit: ' points',
  };
}

/** Of the rate at a glance: all of 0 to 100 %. */
export const rateAxis: Axis = {
  place: (share) => share,
  ticks: [0, 0.25, 0.5, 0.75, 1],
  tickText: percentTick,
  unit: ' %',
};
