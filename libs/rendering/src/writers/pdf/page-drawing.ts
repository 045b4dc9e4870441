import type { LaidOutPage } from '../../layout/paging/laid-out-report.ts';
import type {
  AnchorMark,
  ImageMark,
  LinkMark,
  PageNumberMark,
  TextMark,
  VectorMark,
} from '../../layout/strips/marks.ts';

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

type Sorted = { -readonly [Kind in keyof PageDrawing]: PageDrawing[Kind][number][] };

/** Sorts a page's marks by the way that each is written. */
export const pageDrawing = (page: Pick<LaidOutPage, 'placed'>): PageDrawing => sorted(page, true);

/** Only what a page holds beside its own vectors and texts. */
export const aside = (page: Pick<LaidOutPage, 'placed'>): PageDrawing => sorted(page, false);

function sorted({ placed }: Pick<LaidOutPage, 'placed'>, all: boolean): PageDrawing {
  const found: Sorted = { vectors: [], images: [], texts: [], links: [], anchors: [] };
  for (const { y, marks } of placed) {
    for (const mark of marks) {
      switch (mark.kind) {
        case 'text':
          if (all && mark.text !== '') found.texts.push({ mark, y });
          break;
        case 'page_number':
          found.texts.push({ mark, y });
          break;
        case 'link':
          found.links.push({ mark, y });
          break;
        case 'image':
          found.images.push({ mark, y });
          break;
        case 'anchor':
          found.anchors.push({ mark, y });
          break;
        default:
          if (all) found.vectors.push({ mark, y });
      }
    }
  }
  return found;
}

export const isText = (text: AtText): text is At<TextMark> => text.mark.kind === 'text';
