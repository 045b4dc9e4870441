import type { LaidOutReport } from '../layout/laid-out-report.ts';
import type { ImageMark, LinkMark, TextMark, VectorMark } from '../layout/marks.ts';
import { measure } from '../text/measure.ts';

interface At<M> {
  readonly mark: M;
  /** Added to the mark's own heights. */
  readonly y: number;
}

/** The marks of one page in drawing order: grounds and lines, images, texts; links lie above. */
export interface PageDrawing {
  readonly vectors: readonly At<VectorMark>[];
  readonly images: readonly At<ImageMark>[];
  readonly texts: readonly At<TextMark>[];
  readonly links: readonly At<LinkMark>[];
}

/** Sorts a page's marks and writes page numbers in; links to places that this report lacks fall away. */
export function pageDrawing(report: LaidOutReport, index: number): PageDrawing {
  const vectors: At<VectorMark>[] = [];
  const images: At<ImageMark>[] = [];
  const texts: At<TextMark>[] = [];
  const links: At<LinkMark>[] = [];
  for (const { y, marks } of report.pages[index]?.placed ?? []) {
    for (const mark of marks) {
      switch (mark.kind) {
        case 'text':
          if (mark.text !== '') texts.push({ mark, y });
          break;
        case 'page_number': {
          const found = report.anchors.get(mark.target);
          const text = found ? String(found.page + 1) : '–';
          const { face, size, colour } = mark;
          const x = mark.align === 'right' ? mark.x - (measure(text, face) * size) / 1000 : mark.x;
          texts.push({ mark: { kind: 'text', x, y: mark.y, text, face, size, colour }, y });
          break;
        }
        case 'link':
          if (report.anchors.has(mark.target)) links.push({ mark, y });
          break;
        case 'image':
          images.push({ mark, y });
          break;
        case 'anchor':
          break;
        default:
          vectors.push({ mark, y });
      }
    }
  }
  return { vectors, images, texts, links };
}
