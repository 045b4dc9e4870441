import type { Inline } from '../content/report-content.ts';
import { breakLines } from '../text/break-lines.ts';
import type { TextLine } from '../text/styled-text.ts';
import type { TypeRole } from '../theme/type-scale.ts';
import type { Frame } from './frame.ts';
import { baselineIn, lineMarks } from './line-marks.ts';
import { lineKey, recentLines } from './recent-lines.ts';
import type { Mark } from './marks.ts';
import { passages } from './passages.ts';
import type { Strip } from './strip.ts';

/** Lines of an inline text in a role. */
export function linesOf(
  inline: Inline,
  role: TypeRole,
  { scale }: Frame,
  width: number,
  bold?: boolean,
): readonly TextLine[] {
  const key = lineKey(inline, role, width, bold);
  if (key === null) return breakLines(passages(inline, role, scale, bold), width);
  const known = recentLines(scale);
  return known.get(key) ?? known.set(key, breakLines(passages(inline, role, scale, bold), width));
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

/** One line of text as marks, at a baseline; what does not fit the width runs on. */
export function inlineMarks(
  inline: Inline,
  role: TypeRole,
  frame: Frame,
  x: number,
  y: number,
  bold?: boolean,
): Mark[] {
  const [line] = linesOf(inline, role, frame, Number.POSITIVE_INFINITY, bold);
  return line ? lineMarks(line, x, y) : [];
}

export function inlineWidth(inline: Inline, role: TypeRole, frame: Frame, bold?: boolean): number {
  const [line] = linesOf(inline, role, frame, Number.POSITIVE_INFINITY, bold);
  return line?.width ?? 0;
}
