import type { Rate } from '#domain';
import { dotAxis } from '../../model/chart-axes.ts';
import { dotHeads, hasHits, hitsHead, omittedRowsText, overallText, dotFigures } from '../../model/chart-texts.ts';
import type { DotChartBlock, DotRow, Inline } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { hatchMarks } from '../strips/chip.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn } from '../strips/line-marks.ts';
import { line, type Mark } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineMarks, inlineWidth, textStrips } from '../strips/text-strips.ts';
import { AxisPlot, intervalEnd } from './axis-chart.ts';

/** Dots with their intervals, sorted by the composer; k / n, rate and interval stand on the same line. */
export function drawDotChart(chart: DotChartBlock, frame: Frame): Strip[] {
  const { overall } = chart;
  const [kn, ...others] = dotHeads;
  const hits = hasHits(chart);
  const plot = new AxisPlot(frame, {
    names: chart.rows.map(({ name }) => name),
    axis: dotAxis(chart),
    nameWidth: 112,
    heads: hits ? [kn, hitsHead, ...others] : dotHeads,
    columns: hits ? [44, 30, 40, 66] : [44, 44, 66],
    zero: { colour: colours.ink3, width: 0.5 },
    reference: overall?.value ?? null,
  });
  const head = plot.head((y) => (overall === null ? [] : overallMarks(overall, frame, plot, y)));
  const foot: Strip = { ...plot.foot(), keepWithNext: true };
  const rows = chart.rows.map((row) => rowStrip(row, frame, plot, hits));
  if (chart.omittedRows > 0) rows.push(omittedStrip(chart.omittedRows, frame, plot));
  const { strips, together } = AxisPlot.body(rows, head, foot);
  // A chart that breaks shows its axis on top of each page, and once more where it ends.
  const top = together ? [] : [foot];
  return [head, ...top, ...strips, foot, ...textStrips([{ text: chart.note }], 'small', frame), gap(10)];
}

function overallMarks(overall: Rate, frame: Frame, plot: AxisPlot, y: number): Mark[] {
  const label: Inline = [{ text: overallText(overall), tone: 'accent' }];
  const width = inlineWidth(label, 'chart', frame);
  const x = Math.min(plot.at(overall.value) - width / 2, plot.left + plot.width - width);
  return inlineMarks(label, 'chart', frame, Math.max(plot.left - 8, x), y);
}

function rowStrip(row: DotRow, frame: Frame, plot: AxisPlot, hits: boolean): Strip {
  const { name, rate, reason } = row;
  const figures = dotFigures(row, hits);
  if (rate) return plot.row(name, figures, (middle) => dotMarks(rate, plot, middle));
  const said: Inline = [{ text: reason ?? 'n/a', tone: 'quiet' }];
  return plot.row(name, figures, (_, baseline) => inlineMarks(said, 'chart', frame, plot.left + 4, baseline));
}

function dotMarks(rate: Rate, plot: AxisPlot, y: number): Mark[] {
  const [low, high] = [plot.at(rate.low), plot.at(rate.high)];
  const hollow = rate.succeeded === 0;
  return [
    line(low, y, high, y, colours.ink2, 1.1),
    ...(rate.succeeded > 0 ? [intervalEnd(low, y)] : []),
    ...(rate.succeeded < rate.assessed ? [intervalEnd(high, y)] : []),
    {
      kind: 'circle',
      x: plot.at(rate.value),
      y,
      radius: 2.7,
      fill: hollow ? colours.white : colours.ink,
      stroke: colours.ink,
      lineWidth: hollow ? 1.1 : 0.2,
    },
  ];
}

function omittedStrip(count: number, frame: Frame, plot: AxisPlot): Strip {
  const height = plot.rowHeight;
  const text: Inline = [{ text: omittedRowsText(count), tone: 'quiet' }];
  const width = inlineWidth(text, 'chart', frame);
  const marks = hatchMarks(plot.left, height / 2 - 3, plot.width, 6, 4, true);
  marks.push({ kind: 'rect', x: plot.left + 6, y: height / 2 - 5, width: width + 6, height: 10, fill: colours.white });
  marks.push(...inlineMarks(text, 'chart', frame, plot.left + 9, baselineIn(height, frame.scale.chart.size)));
  return { height, marks };
}
