import type { Rate } from '#domain';
import type { Axis } from '../../model/chart-axes.ts';
import { dotAxis } from '../../model/chart-axes.ts';
import { formatCount, intervalValue, ofTotal, percent, percentValue } from '../../format/numbers.ts';
import type { DotChartBlock, DotRow, Inline } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { chartLabel } from './chart-label.ts';
import { hatchMarks } from '../strips/chip.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn, lineMarksRight } from '../strips/line-marks.ts';
import type { Mark } from '../strips/marks.ts';
import { line } from '../strips/marks.ts';
import type { Strip } from '../strips/strip.ts';
import { gap } from '../strips/strip.ts';
import { inlineMarks, inlineWidth, textStrips } from '../strips/text-strips.ts';

const columns = { label: 112, labelGap: 8, plotGap: 14, kn: 44, asr: 44, interval: 66 };
const keptTogether = 25;

interface Plot {
  readonly left: number;
  readonly width: number;
  readonly axis: Axis;
  readonly labelRight: number;
  readonly labelWidth: number;
  readonly rights: { readonly kn: number; readonly asr: number; readonly interval: number };
}

/** Dots with their intervals, sorted by the composer; k / n, rate and interval stand on the same line. */
export function drawDotChart(chart: DotChartBlock, frame: Frame): Strip[] {
  const plot = plotOf(chart, frame);
  const { size } = frame.scale.chart;
  const rowHeight = Math.max(13, 14.5, 1.8 * size);
  const head = headStrip(chart, frame, plot);
  const foot = axisStrip(frame, plot);
  const rows = chart.rows.map((row) => rowStrip(row, chart, frame, plot, rowHeight));
  if (chart.omittedRows > 0) rows.push(omittedStrip(chart.omittedRows, frame, plot, rowHeight));
  const together = rows.length <= keptTogether;
  const body = rows.map((row, index): Strip => ({
    ...row,
    keepWithNext: together || index === 0 || index >= rows.length - 2,
    continuation: () => [
      { ...head, keepWithNext: true },
      { ...foot, keepWithNext: true },
    ],
  }));
  const note = textStrips([{ text: chart.note }], 'small', frame);
  // A chart that breaks shows its axis on top of each page, and once more where it ends.
  const top = together ? [] : [{ ...foot, keepWithNext: true }];
  return [{ ...head, keepWithNext: true }, ...top, ...body, { ...foot, keepWithNext: true }, ...note, gap(10)];
}

function plotOf(chart: DotChartBlock, frame: Frame): Plot {
  const factor = Math.max(1, frame.scale.chart.size / 8);
  const right = frame.x + frame.width;
  const interval = right;
  const asr = interval - columns.interval * factor;
  const kn = asr - columns.asr * factor;
  const labelWidth = columns.label;
  const left = frame.x + labelWidth + columns.labelGap + 4;
  const width = kn - columns.kn * factor - columns.plotGap - left;
  const axis = dotAxis(chart);
  return { left, width, axis, labelRight: frame.x + labelWidth, labelWidth, rights: { kn, asr, interval } };
}

const at = (plot: Plot, share: number): number => plot.left + (share / plot.axis.bound) * plot.width;

function headStrip(chart: DotChartBlock, frame: Frame, plot: Plot): Strip {
  const { leading, size } = frame.scale.chart;
  const height = 2.4 * size;
  const y = baselineIn(leading, size);
  const head = (text: string, right: number): Mark[] => {
    const inline: Inline = [{ text, tone: 'quiet' }];
    return inlineMarks(inline, 'chart', frame, right - inlineWidth(inline, 'chart', frame, true), y, true);
  };
  const marks = [
    ...head('k / n', plot.rights.kn),
    ...head('ASR', plot.rights.asr),
    ...head('95 % interval', plot.rights.interval),
    ...gridMarks(chart, plot, leading + 2, height),
  ];
  if (chart.overall) {
    const label: Inline = [{ text: `all ${percent(chart.overall.value)}`, tone: 'accent' }];
    const width = inlineWidth(label, 'chart', frame);
    const x = Math.min(at(plot, chart.overall.value) - width / 2, plot.left + plot.width - width);
    marks.push(...inlineMarks(label, 'chart', frame, Math.max(plot.left - 8, x), y));
  }
  return { height, marks };
}

/** Grid, zero line and reference line, from `top` to `bottom` of a strip. */
function gridMarks(chart: DotChartBlock | null, plot: Plot, top: number, bottom: number): Mark[] {
  const marks: Mark[] = plot.axis.ticks.map((tick) =>
    line(at(plot, tick), top, at(plot, tick), bottom, tick === 0 ? colours.ink3 : colours.hair, 0.5),
  );
  if (chart?.overall) {
    const x = at(plot, chart.overall.value);
    marks.push({ ...line(x, top, x, bottom, colours.accent, 0.75), dash: [2, 2] });
  }
  return marks;
}

function axisStrip(frame: Frame, plot: Plot): Strip {
  const { leading, size } = frame.scale.chart;
  const y = 2 + baselineIn(leading, size);
  const marks = plot.axis.ticks.flatMap((tick, index, all) => {
    const label = percentValue(tick).replace('.0', '');
    const number: Inline = [{ text: label, tone: 'quiet' }];
    const whole: Inline = index === all.length - 1 ? [{ text: `${label} %`, tone: 'quiet' }] : number;
    return inlineMarks(whole, 'chart', frame, at(plot, tick) - inlineWidth(number, 'chart', frame) / 2, y);
  });
  return { height: 1.9 * size, marks };
}

function rowStrip(row: DotRow, chart: DotChartBlock, frame: Frame, plot: Plot, least: number): Strip {
  const { leading, size } = frame.scale.chart;
  const label = chartLabel(row.name, frame, plot.labelWidth);
  const height = label.length > 1 ? Math.max(24, 2 * leading + 4) : least;
  const middle = height / 2;
  const baseline = middle + 0.35 * size;
  const marks = gridMarks(chart, plot, 0, height);
  const top = middle - (label.length * leading) / 2;
  label.forEach((text, i) =>
    marks.push(...lineMarksRight(text, plot.labelRight, top + i * leading + baselineIn(leading, size))),
  );
  const number = (text: string, right: number): void => {
    marks.push(...inlineMarks([{ text }], 'chart', frame, right - inlineWidth([{ text }], 'chart', frame), baseline));
  };
  if (row.rate) {
    marks.push(...dotMarks(row.rate, plot, middle));
    number(ofTotal(row.rate.succeeded, row.rate.assessed), plot.rights.kn);
    number(percentValue(row.rate.value), plot.rights.asr);
    number(intervalValue(row.rate), plot.rights.interval);
  } else {
    marks.push(...inlineMarks([{ text: row.reason ?? 'n/a', tone: 'quiet' }], 'chart', frame, plot.left + 4, baseline));
    number('0 / 0', plot.rights.kn);
    number('n/a', plot.rights.asr);
    number('n/a', plot.rights.interval);
  }
  return { height, marks };
}

function dotMarks(rate: Rate, plot: Plot, y: number): Mark[] {
  const low = at(plot, rate.low);
  const high = at(plot, rate.high);
  const cap = (x: number): Mark => line(x, y - 2.2, x, y + 2.2, colours.ink2, 1.1);
  const marks: Mark[] = [line(low, y, high, y, colours.ink2, 1.1)];
  if (rate.succeeded > 0) marks.push(cap(low));
  if (rate.succeeded < rate.assessed) marks.push(cap(high));
  const hollow = rate.succeeded === 0;
  marks.push({
    kind: 'circle',
    x: at(plot, rate.value),
    y,
    radius: 2.7,
    fill: hollow ? colours.white : colours.ink,
    stroke: colours.ink,
    lineWidth: hollow ? 1.1 : 0.2,
  });
  return marks;
}

function omittedStrip(count: number, frame: Frame, plot: Plot, height: number): Strip {
  const { size } = frame.scale.chart;
  const text: Inline = [{ text: `… ${formatCount(count)} further rows in the table below`, tone: 'quiet' }];
  const width = inlineWidth(text, 'chart', frame);
  const marks = hatchMarks(plot.left, height / 2 - 3, plot.width, 6, 4, true);
  marks.push({ kind: 'rect', x: plot.left + 6, y: height / 2 - 5, width: width + 6, height: 10, fill: colours.white });
  marks.push(...inlineMarks(text, 'chart', frame, plot.left + 9, height / 2 + 0.35 * size));
  return { height, marks };
}
