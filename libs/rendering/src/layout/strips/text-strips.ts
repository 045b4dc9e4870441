import type { Inline } from '../../model/report-content.ts';
import type { TextLine } from '../../typesetting/styled-text.ts';
import type { TypeRole } from '../../theme/type-scale.ts';
import type { Frame } from './frame.ts';
import { baselineIn, lineMarks, lineMarksRight } from './line-marks.ts';
import { lineCache } from './line-cache.ts';
import type { Mark } from './marks.ts';
import type { Strip } from './strip.ts';

/** Lines of an inline text in a role. */
export function linesOf(
  inline: Inline,
  role: TypeRole,
  { scale }: Frame,
  width: number,
  bold?: boolean,
): readonly TextLine[] {
  return lineCache(scale).get(inline, role, width, bold);
}

/** A paragraph: one strip a line, never one line alone at the foot or the head of a page. */
export function textStrips(inline: Inline, role: TypeRole, frame: Frame, keepWithNext = false): Strip[] {
  const { leading, size } = frame.scale[role];
  const lines = linesOf(inline, role, frame, frame.width);
  return lines.map((line, index) => ({
    height: leading,
    marks: lineMarks(line, frame.x, baselineIn(leading, size)),
    baseline: baselineIn(leading, size),
    keepWithNext: keepWithNext || (lines.length > 1 && (index === 0 || index === lines.length - 2)),
  }));
}

const nothing: TextLine = { runs: [], width: 0 };

/** A text on one line, however wide. */
export const oneLine = (inline: Inline, role: TypeRole, frame: Frame, bold?: boolean): TextLine =>
  linesOf(inline, role, frame, Number.POSITIVE_INFINITY, bold)[0] ?? nothing;

/** One line of text as marks, at a baseline; what does not fit the width runs on. */
export const inlineMarks = (
  inline: Inline,
  role: TypeRole,
  frame: Frame,
  x: number,
  y: number,
  bold?: boolean,
): Mark[] => lineMarks(oneLine(inline, role, frame, bold), x, y);

/** The same with its right edge at `right`. */
export const textRight = (
  inline: Inline,
  role: TypeRole,
  frame: Frame,
  right: number,
  y: number,
  bold?: boolean,
): Mark[] => lineMarksRight(oneLine(inline, role, frame, bold), right, y);

/** In the middle of a room that begins at `x`. */
export function textCentred(
  inline: Inline,
  role: TypeRole,
  frame: Frame,
  { x, width }: Pick<Frame, 'x' | 'width'>,
  y: number,
  bold?: boolean,
): Mark[] {
  const line = oneLine(inline, role, frame, bold);
  return lineMarks(line, x + (width - line.width) / 2, y);
}

export const inlineWidth = (inline: Inline, role: TypeRole, frame: Frame, bold?: boolean): number =>
  oneLine(inline, role, frame, bold).width;
