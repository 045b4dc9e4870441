import type { CoverContent, ReportContent } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { type Geometry, proseWidth } from '../../theme/geometry.ts';
import { type Frame, inset } from '../strips/frame.ts';
import { baselineIn, lineMarks } from '../strips/line-marks.ts';
import { horizontal, type Mark, rect } from '../strips/marks.ts';
import { shiftMark } from '../strips/shift-mark.ts';
import type { Strip } from '../strips/strip.ts';
import { inlineWidth, linesOf } from '../strips/text-strips.ts';

const logoBox = { width: 132, height: 36 };
const longestLabelBox = 300;

/** The first page: marks at fixed heights; only the table of facts grows, upwards from the foot. */
export function drawCover(
  { cover, classification }: Pick<ReportContent, 'cover' | 'classification'>,
  frame: Frame,
  geometry: Geometry,
): Strip[] {
  const height = geometry.contentBottom - geometry.contentTop;
  const marks: Mark[] = [...logoMarks(cover, frame), ...classificationMarks(classification, frame)];
  const barTop = height * 0.265;
  marks.push(rect(frame.x, barTop, 72, 3, { fill: colours.accent }));
  const titleBottom = titleMarks(cover, frame, barTop + 23, marks);
  const table = factRows(cover, frame);
  const tableHeight = table.reduce((sum, row) => sum + row.height, 0);
  const wanted = height * 0.653;
  let y = Math.max(titleBottom + 20, Math.min(wanted, height - tableHeight));
  const rest: Strip[] = [];
  marks.push(horizontal(frame.x, y, frame.width, colours.ink, 0.75));
  for (const row of table) {
    // What no longer fits the page goes on to the next: a cover never cuts its facts.
    if (rest.length > 0 || y + row.height > height) rest.push(row);
    else {
      for (const mark of row.marks) marks.push(shiftMark(mark, y));
      y += row.height;
    }
  }
  return [{ height: Math.min(height, Math.max(y, titleBottom)), marks, running: { section: '' } }, ...rest];
}

function logoMarks(cover: CoverContent, frame: Frame): Mark[] {
  if (!cover.logo) return [];
  const { width, height, png } = cover.logo;
  const scale = Math.min(logoBox.width / width, logoBox.height / height);
  return [{ kind: 'image', x: frame.x, y: -22, width: width * scale, height: height * scale, png }];
}

/** At most two lines in the corner; the table of facts below has it whole. */
function classificationMarks(classification: string | null, frame: Frame): Mark[] {
  if (classification === null) return [];
  const { size, leading } = frame.scale.table;
  const all = linesOf([{ text: classification.replace(/\s+/g, ' ') }], 'table', frame, longestLabelBox, true);
  const [dots] = linesOf([{ text: ' …' }], 'table', frame, longestLabelBox, true);
  const lines = all.slice(0, 2);
  const width = Math.max(...lines.map((line) => line.width)) + (all.length > 2 ? (dots?.width ?? 0) : 0) + 16;
  const x = frame.x + frame.width - width;
  const height = lines.length * leading + 9;
  const y = (index: number): number => -22 + 4.5 + index * leading + baselineIn(leading, size);
  const marks: Mark[] = [rect(x, -22, width, height, { stroke: colours.ink, lineWidth: 0.75 })];
  lines.forEach((line, i) => marks.push(...lineMarks(line, x + 8, y(i))));
  if (all.length > 2 && dots) marks.push(...lineMarks(dots, x + 8 + (lines.at(-1)?.width ?? 0), y(lines.length - 1)));
  return marks;
}

/** A title of more than two lines is set at four fifths of its size. */
function titleMarks(cover: CoverContent, frame: Frame, top: number, marks: Mark[]): number {
  const width = Math.min(430, frame.width);
  const small = {
    ...frame.scale.display,
    size: frame.scale.display.size * 0.8,
    leading: frame.scale.display.leading * 0.8,
  };
  const long = linesOf([{ text: cover.title }], 'display', frame, width).length > 2;
  const own: Frame = long ? { ...frame, scale: { ...frame.scale, display: small } } : frame;
  let y = top;
  const add = (text: string, role: 'display' | 'verdict' | 'body', space: number, quiet: boolean): void => {
    if (text === '') return;
    y += space;
    const { leading, size } = own.scale[role];
    const inline = quiet ? [{ text, tone: 'quiet' as const }] : [{ text }];
    for (const line of linesOf(inline, role, own, role === 'display' ? width : Math.min(proseWidth, frame.width))) {
      marks.push(...lineMarks(line, frame.x, y + baselineIn(leading, size)));
      y += leading;
    }
  };
  add(cover.title, 'display', 0, false);
  add(cover.subtitle, 'verdict', 11, false);
  add(cover.summary, 'body', 6, true);
  add(cover.authors, 'body', 10, false);
  add(cover.notice, 'body', 10, false);
  return y;
}

function factRows(cover: CoverContent, frame: Frame): Strip[] {
  const { leading, size } = frame.scale.table;
  const labelWidth = Math.max(88, inlineWidth([{ text: 'Assessments' }], 'table', frame) + 12);
  const own = inset(frame, labelWidth + 12);
  return cover.rows.map((row): Strip => {
    const lines = row.lines.flatMap((text) =>
      linesOf([row.mono ? { text, mono: true } : { text }], 'table', own, own.width),
    );
    const label = linesOf([{ text: row.label, tone: 'quiet' }], 'table', frame, labelWidth);
    const height = Math.max(lines.length, label.length) * leading + 7;
    const y = (index: number): number => 3.5 + index * leading + baselineIn(leading, size);
    return {
      height,
      marks: [
        ...label.flatMap((line, i) => lineMarks(line, frame.x, y(i))),
        ...lines.flatMap((line, i) => lineMarks(line, own.x, y(i))),
        horizontal(frame.x, height, frame.width, colours.rule, 0.5),
      ],
    };
  });
}
