import type { Anchor } from '../../model/report-content.ts';
import type { FaceName } from '../../fonts/font-files.ts';
import type { RunGlyphs } from '../../typesetting/styled-text.ts';

/** What a page is drawn from: points from the top left, `y` relative to the strip that holds the mark. */
export type Mark = TextMark | PageNumberMark | VectorMark | LinkMark | AnchorMark | ImageMark;

export interface TextMark {
  readonly kind: 'text';
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly text: string;
  readonly face: FaceName;
  readonly size: number;
  readonly colour: string;
  /** What draws the text where its letters join, move or run to the left. */
  readonly glyphs?: RunGlyphs;
}

/** The number of the page that holds `target`, written when all pages are known. */
export interface PageNumberMark {
  readonly kind: 'page_number';
  readonly x: number;
  readonly y: number;
  readonly align: 'left' | 'right';
  readonly target: Anchor;
  readonly face: FaceName;
  readonly size: number;
  readonly colour: string;
}

export interface Paint {
  readonly fill?: string;
  readonly stroke?: string;
  readonly lineWidth?: number;
  readonly dash?: readonly [number, number];
}

export type VectorMark =
  | ({
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    } & Paint)
  | ({
      readonly kind: 'line';
      readonly x: number;
      readonly y: number;
      readonly toX: number;
      readonly toY: number;
    } & Paint)
  | ({ readonly kind: 'circle'; readonly x: number; readonly y: number; readonly radius: number } & Paint)
  | ({ readonly kind: 'polygon'; readonly points: readonly (readonly [number, number])[] } & Paint);

export interface LinkMark {
  readonly kind: 'link';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly target: Anchor;
}

export interface AnchorMark {
  readonly kind: 'anchor';
  readonly y: number;
  readonly name: Anchor;
}

export interface ImageMark {
  readonly kind: 'image';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

export const rect = (x: number, y: number, width: number, height: number, paint: Paint): VectorMark => ({
  kind: 'rect',
  x,
  y,
  width,
  height,
  ...paint,
});

export const line = (
  x: number,
  y: number,
  toX: number,
  toY: number,
  stroke: string,
  lineWidth: number,
): VectorMark => ({
  kind: 'line',
  x,
  y,
  toX,
  toY,
  stroke,
  lineWidth,
});

export const horizontal = (x: number, y: number, width: number, stroke: string, lineWidth: number): VectorMark =>
  line(x, y, x + width, y, stroke, lineWidth);
