import type { ContentsEntry } from '../../model/list-sections.ts';
import { colours } from '../../theme/colours.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn, lineMarks, lineMarksRight } from '../strips/line-marks.ts';
import { line, type Mark } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineWidth, linesOf } from '../strips/text-strips.ts';

/** Two levels with leaders; a whole line is the link. */
export function drawContents(entries: readonly ContentsEntry[], frame: Frame): Strip[] {
  const numberWidth = Math.max(28, inlineWidth([{ text: '00' }], 'h3', frame) + 12);
  const subNumberWidth = Math.max(24, inlineWidth([{ text: '00.00' }], 'table', frame) + 4);
  return entries.flatMap((entry, index) => {
    const first = entry.level === 1;
    const role = first ? 'h3' : 'table';
    const { leading, size } = frame.scale[role];
    const left = frame.x + numberWidth + (first ? 0 : subNumberWidth);
    const pageRole = first ? 'body' : 'table';
    const absent = entry.absent === undefined ? null : [{ text: entry.absent, tone: 'quiet' as const }];
    const pageWidth = inlineWidth(absent ?? [{ text: '0000' }], absent ? 'table' : pageRole, frame);
    const lines = linesOf([{ text: entry.title }], role, frame, frame.x + frame.width - left - pageWidth - 24);
    const strips = lines.map((text, i): Strip => {
      const y = baselineIn(leading, size);
      const marks: Mark[] = lineMarks(text, left, y);
      if (i === 0 && entry.number !== '') {
        const number = linesOf([{ text: entry.number, tone: first ? 'accent' : 'quiet' }], role, frame, 200);
        marks.push(...number.flatMap((one) => lineMarks(one, left - (first ? numberWidth : subNumberWidth), y)));
      }
      if (i === lines.length - 1) {
        const right = frame.x + frame.width;
        const from = left + text.width + 6;
        const to = right - pageWidth + (absent ? -4 : first ? 2 : 4);
        if (to > from) marks.push({ ...line(from, y - 0.6, to, y - 0.6, colours.ink3, 0.7), dash: [0.7, 2.6] });
        const page = absent
          ? linesOf(absent, 'table', frame, frame.width)
          : linesOf([{ text: '', pageOf: entry.anchor }], pageRole, frame, 200);
        marks.push(...page.flatMap((one) => lineMarksRight(one, right, y)));
        if (!absent)
          marks.push({ kind: 'link', x: frame.x, y: 0, width: frame.width, height: leading, target: entry.anchor });
      }
      return { height: leading, marks, keepWithNext: i < lines.length - 1 };
    });
    const next = entries[index + 1];
    return [...strips, gap(next?.level === 2 ? 1 : 7)];
  });
}
