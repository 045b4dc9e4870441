import type { DotChartBlock, LiftChartBlock } from './report-content.ts';

export interface Axis {
  /** Where it ends. */
  readonly bound: number;
  readonly ticks: readonly number[];
}

/** From 0 to a round end above the widest interval. */
export function dotAxis(chart: DotChartBlock): Axis {
  const highest = Math.max(0.25, chart.overall?.value ?? 0, ...chart.rows.map((row) => row.rate?.high ?? 0));
  const step = highest <= 0.3 ? 0.05 : highest <= 0.6 ? 0.1 : 0.2;
  const bound = Math.min(1, Math.ceil(highest / step - 1e-9) * step);
  return { bound, ticks: Array.from({ length: Math.round(bound / step) + 1 }, (_, i) => i * step) };
}

const liftBounds = [0.15, 0.3, 0.6, 1];

/** The same to both sides of zero. */
export function liftAxis(chart: LiftChartBlock): Axis {
  const largest = Math.max(
    ...chart.rows.map((row) => Math.max(Math.abs(row.lift?.low ?? 0), Math.abs(row.lift?.high ?? 0))),
  );
  const bound = liftBounds.find((one) => one >= largest) ?? 1;
  return { bound, ticks: [-1, -0.5, 0, 0.5, 1].map((part) => part * bound) };
}
