import type { Axis } from '../../model/chart-axes.ts';
import { liftAxis } from '../../model/chart-axes.ts';
import { ofTotal, points, pointsInterval } from '../../format/numbers.ts';
import type { Inline, LiftChartBlock, LiftRow } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { chartLabel } from './chart-label.ts';
import { hatchMarks } from '../strips/chip.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn, lineMarksRight } from '../strips/line-marks.ts';
import type { Mark } from '../strips/marks.ts';
import { line } from '../strips/marks.ts';
import type { Strip } from '../strips/strip.ts';
import { gap } from '../strips/strip.ts';
import { inlineMarks, inlineWidth } from '../strips/text-strips.ts';

const columns = { label: 106, with: 38, baseline: 48, lift: 38, interval: 78 };
const keptTogether = 25;

interface Plot {
  readonly left: number;
  readonly width: number;
  readonly axis: Axis;
  readonly rights: readonly [number, number, number, number];
}

/** Change of the success rate by a transform, on an axis that is the same to both sides of zero. */
export function drawLiftChart(chart: LiftChartBlock, frame: Frame): Strip[] {
  const plot = plotOf(chart, frame);
  const rowHeight = Math.max(14.5, 1.8 * frame.scale.chart.size);
  const head = headStrip(frame, plot);
  const foot = axisStrip(frame, plot);
  const together = chart.rows.length <= keptTogether;
  const rows = chart.rows.map((row, index): Strip => ({
    ...rowStrip(row, frame, plot, rowHeight),
    keepWithNext: together || index === 0 || index >= chart.rows.length - 2,
    continuation: () => [head, { ...foot, keepWithNext: true }],
  }));
  return [head, ...rows, foot, gap(10)];
}

function plotOf(chart: LiftChartBlock, frame: Frame): Plot {
  const factor = Math.max(1, frame.scale.chart.size / 8);
  const right = frame.x + frame.width;
  const lift = right - columns.interval * factor;
  const baseline = lift - columns.lift * factor;
  const withRight = baseline - columns.baseline * factor;
  const left = frame.x + columns.label + 12;
  const width = withRight - columns.with * factor - 14 - left;
  return {
    left,
    width,
    axis: liftAxis(chart),
    rights: [withRight, baseline, lift, right],
  };
}

const at = (plot: Plot, share: number): number =>
  plot.left + ((share + plot.axis.bound) / (2 * plot.axis.bound)) * plot.width;

function headStrip(frame: Frame, plot: Plot): Strip {
  const { leading, size } = frame.scale.chart;
  const height = 2.4 * size;
  const y = baselineIn(leading, size);
  const marks = ['with', 'baseline', 'lift', '95 % interval'].flatMap((text, index) => {
    const inline: Inline = [{ text, tone: 'quiet' }];
    const right = plot.rights[index] ?? 0;
    return inlineMarks(inline, 'chart', frame, right - inlineWidth(inline, 'chart', frame, true), y, true);
  });
  const target: Inline = [{ text: 'helps the target', tone: 'quiet' }];
  marks.push(...inlineMarks(target, 'chart', frame, at(plot, 0) - 5 - inlineWidth(target, 'chart', frame), y));
  marks.push(...inlineMarks([{ text: 'helps the attacker', tone: 'quiet' }], 'chart', frame, at(plot, 0) + 5, y));
  return { height, marks: [...marks, ...gridMarks(plot, leading + 2, height)], keepWithNext: true };
}

const gridMarks = (plot: Plot, top: number, bottom: number): Mark[] =>
  plot.axis.ticks.map((tick) => {
    const x = at(plot, tick);
    return tick === 0 ? line(x, top, x, bottom, colours.ink, 0.75) : line(x, top, x, bottom, colours.hair, 0.5);
  });

function axisStrip(frame: Frame, plot: Plot): Strip {
  const { leading, size } = frame.scale.chart;
  const marks = plot.axis.ticks.flatMap((tick, index) => {
    const label = points(tick).replace('.0', '');
    const number: Inline = [{ text: label, tone: 'quiet' }];
    const whole: Inline = index === 4 ? [{ text: `${label} points`, tone: 'quiet' }] : number;
    const x = at(plot, tick) - inlineWidth(number, 'chart', frame) / 2;
    return inlineMarks(whole, 'chart', frame, x, 2 + baselineIn(leading, size));
  });
  return { height: 1.9 * size, marks };
}

function rowStrip(row: LiftRow, frame: Frame, plot: Plot, least: number): Strip {
  const { leading, size } = frame.scale.chart;
  const label = chartLabel(row.name, frame, columns.label);
  const height = label.length > 1 ? Math.max(24, 2 * leading + 4) : least;
  const y = height / 2;
  const marks = gridMarks(plot, 0, height);
  const top = y - (label.length * leading) / 2;
  label.forEach((text, i) =>
    marks.push(...lineMarksRight(text, frame.x + columns.label, top + i * leading + baselineIn(leading, size))),
  );
  const values = [
    row.rate ? ofTotal(row.rate.succeeded, row.rate.assessed) : '0 / 0',
    row.baseline ? ofTotal(row.baseline.succeeded, row.baseline.assessed) : 'none',
    row.lift ? points(row.lift.value) : 'n/a',
    row.lift ? pointsInterval(row.lift) : 'n/a',
  ];
  values.forEach((text, index) => {
    const right = plot.rights[index] ?? 0;
    marks.push(
      ...inlineMarks([{ text }], 'chart', frame, right - inlineWidth([{ text }], 'chart', frame), y + 0.35 * size),
    );
  });
  if (!row.lift) {
    marks.push(...hatchMarks(plot.left, y - 3, plot.width, 6));
    return { height, marks };
  }
  const [low, high] = [at(plot, row.lift.low), at(plot, row.lift.high)];
  for (const x of [low, high]) marks.push(line(x, y - 2.2, x, y + 2.2, colours.ink2, 1.1));
  marks.push(line(low, y, high, y, colours.ink2, 1.1));
  marks.push({ kind: 'circle', x: at(plot, row.lift.value), y, radius: 2.7, fill: colours.ink });
  return { height, marks };
}
