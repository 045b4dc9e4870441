import { escapePadding } from '../../typesetting/line-cells.ts';
import type { LineRun, TextLine } from '../../typesetting/styled-text.ts';
import { colours } from '../../theme/colours.ts';
import { horizontal, type Mark, rect } from './marks.ts';

/** Distance from the top of a line box to its baseline; the same for all faces, so that fallback fonts keep the line. */
export const baselineIn = (leading: number, size: number): number => leading / 2 + 0.35 * size;

/** Draws a line with its left edge at `x` and its baseline at `y`. */
export function lineMarks(line: TextLine, x: number, y: number): Mark[] {
  const [first, second] = line.runs;
  if (first !== undefined && second === undefined) return runMarks(first, x + first.x, y);
  return line.runs.flatMap((run) => runMarks(run, x + run.x, y));
}

/** The same with its right edge at `right`. */
export const lineMarksRight = (line: TextLine, right: number, y: number): Mark[] =>
  line.runs.some((run) => run.kind === 'page_of')
    ? line.runs.flatMap((run) => pageMarksRight(run, right, y))
    : lineMarks(line, right - line.width, y);

/** At the side from which its paragraph is read. */
export const lineMarksBetween = (line: TextLine, left: number, right: number, y: number): Mark[] =>
  line.rightToLeft ? lineMarksRight(line, right, y) : lineMarks(line, left, y);

function pageMarksRight(run: LineRun, right: number, y: number): Mark[] {
  if (run.kind !== 'page_of' || run.target === undefined) return runMarks(run, right - run.width, y);
  const { face, target, style } = run;
  return [
    { kind: 'page_number', x: right, y, align: 'right', target, face, size: style.size, colour: style.colour },
    { kind: 'link', x: right - run.width, y: y - style.size, width: run.width, height: style.size * 1.3, target },
  ];
}

/** Nearly all runs are a text without a look beside its letters. */
const isBare = ({ kind, glyphs, style: { marked, struck, link } }: LineRun): boolean =>
  kind === 'text' && glyphs === undefined && !marked && !struck && link === undefined;

function runMarks(run: LineRun, x: number, y: number): Mark[] {
  const { style, width } = run;
  const { size } = style;
  if (isBare(run)) return [{ kind: 'text', x, y, text: run.text, face: run.face, size, colour: style.colour }];
  const marks: Mark[] = [];
  const ground = (fill: string, from: number, length: number): void => {
    marks.push(rect(from, y - 0.82 * size, length, 1.12 * size, { fill }));
  };
  if (style.marked && run.kind !== 'mask') {
    ground(colours.mark, x, width);
    marks.push(horizontal(x, y + 0.3 * size, width, colours.ink, 1));
  }
  if (run.kind === 'mask') {
    ground(colours.ink, x, width);
    return marks;
  }
  if (run.kind === 'page_of') {
    if (run.target === undefined) return marks;
    const { face, target } = run;
    marks.push({ kind: 'page_number', x, y, align: 'left', target, face, size, colour: style.colour });
    marks.push({ kind: 'link', x, y: y - size, width, height: size * 1.3, target });
    return marks;
  }
  if (run.kind === 'escape') {
    const edge = escapePadding.gap;
    ground(colours.ink2, x + edge, width - 2 * edge);
    const left = x + edge + escapePadding.ground;
    marks.push({ kind: 'text', x: left, y, text: run.text, face: run.face, size, colour: colours.white });
    return marks;
  }
  const text = { kind: 'text', x, y, text: run.text, face: run.face, size, colour: style.colour } as const;
  marks.push(run.glyphs === undefined ? text : { ...text, glyphs: run.glyphs });
  if (style.struck) marks.push(horizontal(x, y - 0.28 * size, width, colours.ink3, 0.6));
  if (style.link !== undefined) {
    marks.push(horizontal(x, y + 1.5, width, colours.accent, 0.5));
    marks.push({ kind: 'link', x, y: y - size, width, height: size * 1.3, target: style.link });
  }
  return marks;
}
