import type { LaidOutPage } from '../layout/laid-out-report.ts';
import type { AnchorMark, ImageMark, LinkMark, PageNumberMark, TextMark, VectorMark } from '../layout/marks.ts';

export interface At<M> {
  readonly mark: M;
  /** Added to the mark's own heights. */
  readonly y: number;
}

/** Words, or the number of a page in their place. */
export type AtText = At<TextMark> | At<PageNumberMark>;

/** The marks of one page in drawing order: grounds and lines, images, texts; links lie above. */
export interface PageDrawing {
  readonly vectors: readonly At<VectorMark>[];
  readonly images: readonly At<ImageMark>[];
  /** In reading order. */
  readonly texts: readonly AtText[];
  readonly links: readonly At<LinkMark>[];
  readonly anchors: readonly At<AnchorMark>[];
}

/** Sorts a page's marks by the way that each is written. */
export function pageDrawing({ placed }: Pick<LaidOutPage, 'placed'>): PageDrawing {
  const vectors: At<VectorMark>[] = [];
  const images: At<ImageMark>[] = [];
  const texts: AtText[] = [];
  const links: At<LinkMark>[] = [];
  const anchors: At<AnchorMark>[] = [];
  for (const { y, marks } of placed) {
    for (const mark of marks) {
      switch (mark.kind) {
        case 'text':
          if (mark.text !== '') texts.push({ mark, y });
          break;
        case 'page_number':
          texts.push({ mark, y });
          break;
        case 'link':
          links.push({ mark, y });
          break;
        case 'image':
          images.push({ mark, y });
          break;
        case 'anchor':
          anchors.push({ mark, y });
          break;
        default:
          vectors.push({ mark, y });
      }
    }
  }
  return { vectors, images, texts, links, anchors };
}

export const isText = (text: AtText): text is At<TextMark> => text.mark.kind === 'text';
