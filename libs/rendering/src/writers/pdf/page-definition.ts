import type { Content } from 'pdfmake/interfaces.js';
import { face } from '../../fonts/faces.ts';
import type { FaceName } from '../../fonts/font-files.ts';
import type { Mark, TextMark, VectorMark } from '../../layout/strips/marks.ts';
import type { At, PageDrawing } from './page-drawing.ts';

type Vector = Extract<Content, { canvas: unknown }>['canvas'][number];

/**
 * One page as a pdfmake node: every mark at its place but pictures, which are drawn on its document. Each text is one short line that pdfmake neither measures against
 * a width nor breaks, and every text of the data arrives as a plain string under `text`.
 */
export function pageDefinition(
  drawing: Pick<PageDrawing, 'vectors'> & { readonly texts: readonly At<TextMark>[] },
  first: boolean,
): Content {
  const stack: Content[] = [];
  if (drawing.vectors.length > 0) {
    stack.push({ canvas: drawing.vectors.map(({ mark, y }) => vector(mark, y)), absolutePosition: { x: 0, y: 0 } });
  }
  for (const { mark, y } of drawing.texts) stack.push(text(mark, y));
  return first ? { stack } : { stack, pageBreak: 'before' };
}

function text(mark: TextMark, y: number): Content {
  const bold = mark.face.endsWith('-Bold');
  return {
    text: mark.text,
    font: fontOf(mark.face),
    bold,
    fontSize: mark.size,
    color: mark.colour,
    noWrap: true,
    preserveLeadingSpaces: true,
    preserveTrailingSpaces: true,
    absolutePosition: { x: mark.x, y: y + mark.y - (face(mark.face).ascent * mark.size) / 1000 },
  };
}

export const fontOf = (name: FaceName): string => name.replace(/-Bold$/, '');

function vector(mark: Mark & VectorMark, y: number): Vector {
  const paint = {
    lineWidth: mark.lineWidth ?? 1,
    ...(mark.stroke === undefined ? {} : { lineColor: mark.stroke }),
    ...(mark.dash === undefined ? {} : { dash: { length: mark.dash[0], space: mark.dash[1] } }),
  };
  const fill = mark.fill === undefined ? {} : { color: mark.fill };
  switch (mark.kind) {
    case 'rect':
      return { type: 'rect', x: mark.x, y: y + mark.y, w: mark.width, h: mark.height, ...fill, ...paint };
    case 'line':
      return { type: 'line', x1: mark.x, y1: y + mark.y, x2: mark.toX, y2: y + mark.toY, ...paint };
    case 'circle':
      return { type: 'ellipse', x: mark.x, y: y + mark.y, r1: mark.radius, r2: mark.radius, ...fill, ...paint };
    case 'polygon':
      return {
        type: 'polyline',
        closePath: true,
        points: mark.points.map(([px, py]) => ({ x: px, y: y + py })),
        ...fill,
        ...paint,
      };
  }
}
