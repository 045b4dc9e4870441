import type { Anchor, Block, FindingContent, SectionContent } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { proseWidth } from '../../theme/geometry.ts';
import { chipMarks } from '../strips/chip.ts';
import { type Frame, inset } from '../strips/frame.ts';
import { baselineIn, lineMarks } from '../strips/line-marks.ts';
import { horizontal, type Mark } from '../strips/marks.ts';
import { gap, type Running, type Strip } from '../strips/strip.ts';
import { inlineWidth, linesOf, oneLine, textStrips } from '../strips/text-strips.ts';

/**
 * Accent rule, number, title, lead: the top of a page, or `below` the end of another section, where a third of the page is
 * left and the head's first block has room.
 */
export function drawSectionHead(
  section: Pick<SectionContent, 'number' | 'title' | 'lead'>,
  frame: Frame,
  running: Running,
  anchor: Anchor,
  place: 'on top' | 'below' = 'on top',
): Strip[] {
  const { leading, size } = frame.scale.h1;
  const begins = place === 'on top' ? { newPage: true as const } : { needs: frame.pageHeight / 3 };
  const number = section.number === '' ? [] : [{ text: section.number, tone: 'accent' as const }];
  const indent = section.number === '' ? 0 : inlineWidth(number, 'h1', frame) + size;
  const lines = linesOf([{ text: section.title }], 'h1', frame, frame.width - indent);
  const strips = lines.map((line, index): Strip => {
    const top = index === 0 ? 10 : 0;
    const y = top + baselineIn(leading, size);
    const marks: Mark[] = lineMarks(line, frame.x + indent, y);
    if (index === 0) {
      marks.unshift(horizontal(frame.x, 0.75, frame.width, colours.accent, 1.5));
      marks.push({ kind: 'anchor', y: 0, name: anchor });
      const [numberLine] = linesOf(number, 'h1', frame, frame.width);
      if (numberLine) marks.push(...lineMarks(numberLine, frame.x, y));
    }
    return { height: top + leading, marks, keepWithNext: true, ...(index === 0 ? { ...begins, running } : {}) };
  });
  const lead =
    section.lead.length === 0
      ? []
      : textStrips(section.lead, 'body', inset(frame, 0, Math.min(proseWidth, frame.width)), true);
  const above = place === 'on top' ? [] : [gap(30, true)];
  return [...above, ...strips, gap(6, true), ...lead, gap(section.lead.length === 0 ? 10 : 16, true)];
}

/** A subsection's heading with its note. */
export function drawHeading(block: Extract<Block, { kind: 'heading' }>, frame: Frame, first: boolean): Strip[] {
  const role = block.minor ? 'h3' : 'h2';
  const { leading, size } = frame.scale[role];
  const lines = linesOf(
    [{ text: block.number === '' ? block.text : `${block.number} ${block.text}` }],
    role,
    frame,
    frame.width,
  );
  const strips = lines.map((line, index): Strip => {
    const marks: Mark[] = lineMarks(line, frame.x, baselineIn(leading, size));
    if (index === 0 && block.anchor !== undefined) marks.push({ kind: 'anchor', y: 0, name: block.anchor });
    return { height: leading, marks, keepWithNext: true };
  });
  const note =
    block.note === undefined
      ? []
      : textStrips([{ text: block.note }], 'small', inset(frame, 0, Math.min(proseWidth, frame.width)), true);
  return [gap(first ? 4 : 20, true), ...strips, ...(note.length > 0 ? [gap(2, true), ...note] : []), gap(6, true)];
}

/** A third of the page must be left for a finding to begin on it; `follows`: right below a heading, which stays with it. */
export function drawFindingHead(
  finding: FindingContent,
  frame: Frame,
  running: Running,
  anchor: Anchor,
  follows: boolean,
): Strip[] {
  const { leading, size } = frame.scale.h2;
  const side = 1.1 * size;
  const chipRoom = finding.severity === null ? 0 : side + 7;
  const id = oneLine([{ text: finding.id }], 'h2', frame);
  const indent = chipRoom + id.width + 0.5 * size;
  const lines = linesOf([{ text: finding.title }], 'h2', frame, frame.width - indent);
  const y = 7 + baselineIn(leading, size);
  const strips = lines.map((line, index): Strip => {
    const top = index === 0 ? 7 : 0;
    const marks: Mark[] = lineMarks(line, frame.x + indent, top + baselineIn(leading, size));
    if (index === 0) {
      marks.unshift(horizontal(frame.x, 0.5, frame.width, colours.ink, 1));
      marks.push({ kind: 'anchor', y: 0, name: anchor });
      if (finding.severity !== null) marks.push(...chipMarks(finding.severity, frame, frame.x, y, size, side));
      marks.push(...lineMarks(id, frame.x + chipRoom, y));
    }
    return {
      height: top + leading,
      marks,
      keepWithNext: true,
      ...(index === 0 ? { running, needs: frame.pageHeight / 3 } : {}),
    };
  });
  return [
    gap(14, follows),
    ...strips,
    gap(3, true),
    ...textStrips([{ text: finding.why }], 'small', frame, true),
    gap(10, true),
  ];
}
