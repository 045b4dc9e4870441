import { rateAxis } from '../../model/chart-axes.ts';
import { riskScale } from '../../model/chart-texts.ts';
import { asrLabel, riskLabel } from '../../model/printed-words.ts';
import type { GlanceContent, Inline } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { type Drawn, noSeverityMarks, outcomeBar, severityBar } from '../charts/draw-bars.ts';
import { drawLabelled } from './draw-blocks.ts';
import { drawTable } from './draw-table.ts';
import { type Frame, inset } from '../strips/frame.ts';
import { baselineIn, lineMarks } from '../strips/line-marks.ts';
import { horizontal, line, type Mark, rect } from '../strips/marks.ts';
import { shiftMark } from '../strips/shift-mark.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineMarks, inlineWidth, linesOf, textStrips } from '../strips/text-strips.ts';

const halvesGutter = 28;
/** Of the smallest body text that the distances here are made for. */
const usualSize = 9;

/** The page that must stand alone: verdict, two figures, two bars, the worst findings, what was and was not tested. */
export function drawGlance(glance: GlanceContent, frame: Frame): Strip[] {
  const verdict: Inline = [{ text: glance.verdict.opening, strong: true }, { text: ` ${glance.verdict.rest}` }];
  const half = (frame.width - halvesGutter) / 2;
  const risk = riskMarks(glance, inset(frame, 0, half));
  const asr = asrMarks(glance, inset(frame, half + halvesGutter, half));
  // Small type stands with less air around it.
  const air = (height: number): Strip => gap(height * Math.min(1, frame.scale.body.size / usualSize));
  return [
    ...(glance.banner === null ? [] : [...textStrips([{ text: glance.banner, strong: true }], 'text', frame), air(8)]),
    ...textStrips(verdict, 'verdict', frame),
    air(14),
    ...(glance.targets === null ? [] : [...drawTable(glance.targets, frame), air(10)]),
    ruled({ height: Math.max(risk.height, asr.height), marks: [...risk.marks, ...asr.marks] }, frame),
    air(12),
    ...barStrips(glance.outcomes.title, frame, (top) => outcomeBar(glance.outcomes.counts, frame, top, 18)),
    air(12),
    ...severityStrips(glance, frame),
    air(16),
    ...worstStrips(glance, frame),
    air(6),
    ...glance.facts.flatMap((row) => tight(drawLabelled(row, frame, 62))),
  ];
}

/** Between these short rows stands less air than between the rows of a section. */
const tight = (strips: readonly Strip[]): Strip[] =>
  strips.map((strip) => (strip.space ? { ...strip, height: 4 } : strip));

function ruled(strip: Strip, frame: Frame): Strip {
  const marks = strip.marks.map((mark) => shiftMark(mark, 10));
  return { height: strip.height + 10, marks: [horizontal(frame.x, 0.375, frame.width, colours.rule, 0.75), ...marks] };
}

/** Label, figure and qualifier; the qualifier takes a line of its own where it does not fit beside the figure. */
function figureMarks(label: string, figure: string, qualifier: string, frame: Frame): Drawn {
  const { table, numeral, body } = frame.scale;
  const marks = inlineMarks(
    [{ text: label, tone: 'quiet' }],
    'table',
    frame,
    frame.x,
    baselineIn(table.leading, table.size),
    true,
  );
  const y = table.leading + baselineIn(numeral.leading, numeral.size) + 1;
  marks.push(...inlineMarks([{ text: figure }], 'numeral', frame, frame.x, y));
  const left = inlineWidth([{ text: figure }], 'numeral', frame) + 8;
  const beside: Inline = [{ text: qualifier, tone: 'quiet' }];
  if (left + inlineWidth(beside, 'body', frame) <= frame.width) {
    marks.push(...inlineMarks(beside, 'body', frame, frame.x + left, y));
    return { marks, height: table.leading + numeral.leading + 2 };
  }
  const lines = textStrips(beside, 'body', frame);
  let below = table.leading + numeral.leading + 4;
  for (const strip of lines) {
    marks.push(...strip.marks.map((mark) => shiftMark(mark, below)));
    below += strip.height;
  }
  return { marks, height: below + body.leading * 0.2 };
}

function noteMarks(text: string, frame: Frame, top: number, marks: Mark[]): number {
  let y = top;
  for (const strip of textStrips([{ text }], 'small', frame)) {
    marks.push(...strip.marks.map((mark) => shiftMark(mark, y)));
    y += strip.height;
  }
  return y;
}

function riskMarks({ risk }: GlanceContent, frame: Frame): Drawn {
  const { marks, height } = figureMarks(riskLabel, risk.text, risk.qualifier, frame);
  const { chart } = frame.scale;
  const top = height + 17;
  const at = (value: number): number => frame.x + (value / 10) * frame.width;
  riskScale.forEach(({ band, from, to, text }, index) => {
    const current = band === risk.band;
    const last = index === riskScale.length - 1;
    marks.push(
      rect(at(from), top, at(to) - at(from) - (last ? 0 : 0.75), 5, { fill: current ? colours.ink : colours.resisted }),
    );
    const y = top + 8 + baselineIn(chart.leading, chart.size);
    const label: Inline = [current ? { text } : { text, tone: 'quiet' }];
    marks.push(...inlineMarks(label, 'chart', frame, at(from), y, current));
    if (last) {
      const ten: Inline = [{ text: '10', tone: 'quiet' }];
      const left = at(10) - inlineWidth(ten, 'chart', frame);
      // The end of the scale gives way to the name of its last band.
      if (left > at(from) + inlineWidth(label, 'chart', frame, current) + 4)
        marks.push(...inlineMarks(ten, 'chart', frame, left, y));
    }
  });
  // Without a score nothing is pointed at.
  if (risk.value !== null) {
    const x = Math.min(Math.max(at(risk.value), frame.x + 4.5), frame.x + frame.width - 4.5);
    marks.push({
      kind: 'polygon',
      points: [
        [x - 4, top - 8],
        [x + 4, top - 8],
        [x, top - 2],
      ],
      fill: colours.ink,
    });
  }
  return { marks, height: noteMarks(risk.formula, frame, top + 8 + chart.leading + 4, marks) };
}

function asrMarks({ asr }: GlanceContent, frame: Frame): Drawn {
  const { marks, height } = figureMarks(asrLabel, asr.text, asr.qualifier, frame);
  const { chart } = frame.scale;
  const y = height + 19.5;
  const at = (share: number): number => frame.x + 4 + share * (frame.width - 8);
  marks.push(horizontal(at(0), y, at(1) - at(0), colours.ink3, 0.5));
  const { ticks, tickText, unit } = rateAxis;
  ticks.forEach((tick, index) => {
    marks.push(line(at(tick), y - 2.5, at(tick), y + 2.5, colours.ink3, 0.5));
    const label: Inline = [
      { text: index === ticks.length - 1 ? `${tickText(tick)}${unit}` : tickText(tick), tone: 'quiet' },
    ];
    const width = inlineWidth(label, 'chart', frame);
    const x = Math.min(at(tick) - width / 2, frame.x + frame.width - width);
    marks.push(...inlineMarks(label, 'chart', frame, x, y + 5.5 + baselineIn(chart.leading, chart.size)));
  });
  if (asr.rate) {
    const { low, high, value, succeeded, assessed } = asr.rate;
    marks.push(line(at(low), y, at(high), y, colours.ink, 2.2));
    if (succeeded > 0) marks.push(line(at(low), y - 3.5, at(low), y + 3.5, colours.ink, 1.1));
    if (succeeded < assessed) marks.push(line(at(high), y - 3.5, at(high), y + 3.5, colours.ink, 1.1));
    const fill = succeeded === 0 ? colours.white : colours.ink;
    marks.push({ kind: 'circle', x: at(value), y, radius: 3.6, fill, stroke: colours.ink, lineWidth: 1.2 });
  }
  return { marks, height: noteMarks(asr.note, frame, y + 5.5 + chart.leading + 4, marks) };
}

function barStrips(title: string, frame: Frame, bar: (top: number) => Drawn): Strip[] {
  const { leading, size } = frame.scale.table;
  const lines = linesOf([{ text: title, tone: 'quiet' }], 'table', frame, frame.width, true);
  const label = lines.flatMap((line, index) => lineMarks(line, frame.x, index * leading + baselineIn(leading, size)));
  const top = lines.length * leading + 2;
  const { marks, height } = bar(top);
  return [ruled({ height: top + height, marks: [...label, ...marks] }, frame)];
}

function severityStrips({ severity }: GlanceContent, frame: Frame): Strip[] {
  const bar = (top: number): Drawn =>
    severityBar(severity.counts, frame, top) ?? { marks: noSeverityMarks(frame, top + 2), height: 20 };
  return [
    ...barStrips(severity.title, frame, bar),
    ...(severity.note === '' ? [] : textStrips([{ text: severity.note }], 'small', frame)),
  ];
}

function worstStrips({ worst }: GlanceContent, frame: Frame): Strip[] {
  if (worst.empty === undefined) return drawTable(worst, frame);
  const { table } = frame.scale;
  const head = inlineMarks(
    [{ text: worst.title, tone: 'quiet' }],
    'table',
    frame,
    frame.x,
    baselineIn(table.leading, table.size),
    true,
  );
  const [, row] = drawTable(worst, frame);
  const height = table.leading + 3;
  return [
    { height, marks: [...head, horizontal(frame.x, height, frame.width, colours.ink, 0.75)], keepWithNext: true },
    ...(row ? [row] : []),
  ];
}
