import type { RunCounts, Severity } from '#domain';
import { noSeverity, outcomeSegments, runsOf, severitySegments } from '../../model/chart-texts.ts';
import type { Inline, OutcomeBarRow } from '../../model/report-content.ts';
import { colours, severityMarks } from '../../theme/colours.ts';
import { chartLabels } from './chart-label.ts';
import { hatchMarks, signMiddle } from '../strips/chip.ts';
import { type Frame, inset } from '../strips/frame.ts';
import { baselineIn, lineMarksRight } from '../strips/line-marks.ts';
import { type Mark, rect } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineMarks, inlineWidth, linesOf, textCentred, textRight } from '../strips/text-strips.ts';

const segmentGap = 0.75;
const narrowest = 2;
const labelGap = 8;

/** A segment of the model with its look. */
interface PaintedSegment {
  readonly label: string;
  readonly strong: boolean;
  readonly count: number;
  readonly share: string;
  readonly paint: (x: number, y: number, width: number, height: number) => readonly Mark[];
}

export interface Drawn {
  readonly marks: Mark[];
  readonly height: number;
}

/** One bar: labels above and shares below, placed so that none comes near its neighbour. */
function barMarks(segments: readonly PaintedSegment[], frame: Frame, top: number, height: number): Drawn {
  const total = segments.reduce((sum, segment) => sum + segment.count, 0);
  const { chart } = frame.scale;
  const above = top + chart.leading + 2;
  const below = above + height + 2;
  const widths = segmentWidths(segments, total, frame.width);
  const marks: Mark[] = [];
  let x = frame.x;
  const starts = segments.map((segment, index) => {
    const start = x;
    const width = widths[index] ?? 0;
    if (width > 0) {
      marks.push(...segment.paint(start, above, Math.max(0.5, width - segmentGap), height));
      x += width;
    }
    return start;
  });
  const labels = segments.map((segment): { name: Inline; share: Inline; bold: boolean } => ({
    name: [{ text: segment.label }],
    share: [{ text: segment.share, tone: 'quiet' }],
    bold: segment.strong,
  }));
  const widthsOfLabels = labels.map((label) =>
    Math.max(inlineWidth(label.name, 'chart', frame, label.bold), inlineWidth(label.share, 'chart', frame)),
  );
  placeLabels(starts, widthsOfLabels, frame).forEach((at, index) => {
    const label = labels[index];
    if (!label) return;
    const draw = (inline: Inline, boxTop: number, bold: boolean): void => {
      const y = boxTop + baselineIn(chart.leading, chart.size);
      marks.push(
        ...(at.alignRight
          ? textRight(inline, 'chart', frame, frame.x + frame.width, y, bold)
          : inlineMarks(inline, 'chart', frame, at.x, y, bold)),
      );
    };
    draw(label.name, top, label.bold);
    draw(label.share, below, false);
  });
  return { marks, height: below + chart.leading - top };
}

/** A count above zero is never invisible; what it gains is taken from the widest. */
function segmentWidths(segments: readonly PaintedSegment[], total: number, width: number): number[] {
  const widths = segments.map((segment) => (total === 0 ? 0 : (segment.count / total) * width));
  segments.forEach((segment, index) => {
    const own = widths[index] ?? 0;
    if (segment.count === 0 || own >= narrowest) return;
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - (narrowest - own);
    widths[index] = narrowest;
  });
  return widths;
}

/** Each label at its segment, shifted right off the one before; what would leave the bar is pushed back from its end. */
function placeLabels(
  starts: readonly number[],
  widths: readonly number[],
  frame: Frame,
): { x: number; alignRight: boolean }[] {
  const end = frame.x + frame.width;
  const placed: { x: number; alignRight: boolean }[] = [];
  let free = frame.x;
  starts.forEach((start, index) => {
    const x = Math.max(start, free);
    placed.push({ x, alignRight: false });
    free = x + (widths[index] ?? 0) + labelGap;
  });
  let limit = end;
  for (let i = placed.length - 1; i >= 0; i--) {
    const at = placed[i];
    const width = widths[i] ?? 0;
    if (!at || at.x + width <= limit) break;
    placed[i] = { x: limit - width, alignRight: i === placed.length - 1 };
    limit = limit - width - labelGap;
  }
  return placed;
}

type Paint = PaintedSegment['paint'];

const solid =
  (fill: string): Paint =>
  (x, y, width, height) => [rect(x, y, width, height, { fill })];

const outcomePaints: Readonly<Record<keyof RunCounts, Paint>> = {
  succeeded: solid(colours.ink),
  resisted: solid(colours.resisted),
  not_assessed: (x, y, width, height) => hatchMarks(x, y, width, height),
  hits_only: solid(colours.ink2),
};

/** A bar of outcomes; successes are bold. */
export const outcomeBar = (counts: RunCounts, frame: Frame, top: number, height: number): Drawn =>
  barMarks(
    outcomeSegments(counts).map(({ key, ...segment }) => ({
      ...segment,
      strong: key === 'succeeded' || key === 'hits_only',
      paint: outcomePaints[key],
    })),
    frame,
    top,
    height,
  );

/** A bar of severities, each with its letter; null where there is none. */
export function severityBar(counts: Readonly<Record<Severity, number>>, frame: Frame, top: number): Drawn | null {
  const segments = severitySegments(counts).map(({ key, ...segment }, index) => ({
    ...segment,
    strong: index === 0,
    paint: severityPaint(key, frame),
  }));
  return segments.length === 0 ? null : barMarks(segments, frame, top, 18);
}

function severityPaint(severity: Severity, frame: Frame): Paint {
  const { letter, fill, border, letterColour } = severityMarks[severity];
  return (x, y, width, height) => {
    // Only white needs an edge here: neighbours are parted by their gap.
    const edge = severity === 'info' ? { stroke: border, lineWidth: 0.6 } : {};
    const box = rect(x, y, Math.max(0.3, width), height, { fill, ...edge });
    if (width < 12) return [box];
    const baseline = y + height / 2 + signMiddle * frame.scale.chart.size;
    const text = inlineMarks([{ text: letter }], 'chart', frame, x + 4, baseline, true);
    return [box, ...text.map((mark) => (mark.kind === 'text' ? { ...mark, colour: letterColour } : mark))];
  };
}

/** A frame with a sentence, where there is nothing to draw. */
export function noSeverityMarks(frame: Frame, top: number): Mark[] {
  const y = top + 9 + signMiddle * frame.scale.chart.size;
  return [
    rect(frame.x + 0.25, top, frame.width - 0.5, 18, { stroke: colours.rule, lineWidth: 0.5 }),
    ...textCentred([{ text: noSeverity, tone: 'quiet' }], 'chart', frame, frame, y),
  ];
}

export function drawOutcomeBars(rows: readonly OutcomeBarRow[], frame: Frame): Strip[] {
  const labelWidth = Math.min(92 * Math.max(1, frame.scale.chart.size / 8), frame.width / 4);
  const bar = inset(frame, labelWidth + 10);
  const { chart } = frame.scale;
  const plain = chartLabels(
    rows.map((row) => row.label),
    frame,
    labelWidth,
  );
  return rows.flatMap((row, index) => {
    const { marks, height } = outcomeBar(row.counts, bar, 0, 14);
    const middle = chart.leading + 2 + 7;
    const shown =
      row.strong === true ? (chartLabels([row.label], frame, labelWidth, true)[0] ?? []) : (plain[index] ?? []);
    const total = linesOf([{ text: runsOf(row), tone: 'quiet' }], 'chart', frame, labelWidth);
    const lines = [...shown, ...total];
    const top = middle - (lines.length * chart.leading) / 2;
    const labels = lines.flatMap((line, i) =>
      lineMarksRight(line, frame.x + labelWidth, top + i * chart.leading + baselineIn(chart.leading, chart.size)),
    );
    return [{ height, marks: [...labels, ...marks] }, gap(6)];
  });
}

export function drawSeverityBar(counts: Readonly<Record<Severity, number>>, frame: Frame): Strip[] {
  const bar = severityBar(counts, frame, 0) ?? { height: 18, marks: noSeverityMarks(frame, 0) };
  return [bar, gap(8)];
}
