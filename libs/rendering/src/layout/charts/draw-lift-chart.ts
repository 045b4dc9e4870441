import { liftAxis } from '../../model/chart-axes.ts';
import { liftFigures, liftHeads, liftSides } from '../../model/chart-texts.ts';
import type { LiftChartBlock, LiftRow } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { hatchMarks } from '../strips/chip.ts';
import type { Frame } from '../strips/frame.ts';
import { line, type Mark } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineMarks, textRight } from '../strips/text-strips.ts';
import { AxisPlot, intervalEnd } from './axis-chart.ts';

/** Change of the success rate by a transform, on an axis that is the same to both sides of zero. */
export function drawLiftChart(chart: LiftChartBlock, frame: Frame): Strip[] {
  const plot = new AxisPlot(frame, {
    names: chart.rows.map(({ name }) => name),
    axis: liftAxis(chart),
    nameWidth: 106,
    heads: liftHeads,
    columns: [38, 42, 34, 76, 34],
    zero: { colour: colours.ink, width: 0.75 },
    reference: null,
  });
  const [target, attacker] = liftSides;
  const head = plot.head((y) => [
    ...textRight([{ text: target, tone: 'quiet' }], 'chart', frame, plot.at(0) - 5, y),
    ...inlineMarks([{ text: attacker, tone: 'quiet' }], 'chart', frame, plot.at(0) + 5, y),
  ]);
  const foot = plot.foot();
  const rows = chart.rows.map((row) => plot.row(row.name, liftFigures(row), (middle) => liftMarks(row, plot, middle)));
  return [head, ...AxisPlot.body(rows, head, foot).strips, foot, gap(10)];
}

function liftMarks({ lift }: LiftRow, plot: AxisPlot, y: number): Mark[] {
  if (!lift) return hatchMarks(plot.left, y - 3, plot.width, 6);
  const [low, high] = [plot.at(lift.low), plot.at(lift.high)];
  return [
    intervalEnd(low, y),
    intervalEnd(high, y),
    line(low, y, high, y, colours.ink2, 1.1),
    { kind: 'circle', x: plot.at(lift.value), y, radius: 2.7, fill: colours.ink },
  ];
}
