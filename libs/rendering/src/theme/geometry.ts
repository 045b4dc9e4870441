import type { PaperSize } from '#domain';

/** A page in points, measured from its top left corner. Only widths and heights differ between papers; nothing is scaled. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly contentWidth: number;
  readonly headerBaseline: number;
  readonly contentTop: number;
  readonly contentBottom: number;
  readonly footerRule: number;
  readonly footerBaseline: number;
}

const margin = 56.7;

const page = (width: number, height: number): Geometry => ({
  width,
  height,
  left: margin,
  contentWidth: width - 2 * margin,
  headerBaseline: 38,
  contentTop: 62,
  contentBottom: height - 62.89,
  footerRule: height - 46.89,
  footerBaseline: height - 33.89,
});

export const geometries: Readonly<Record<PaperSize, Geometry>> = { A4: page(595.28, 841.89), LETTER: page(612, 792) };

/** Lines of prose are never wider than this, about 85 characters at 11 points. */
export const proseWidth = 440;
/** Width of the label column, and the gap behind it. */
export const labelColumn = { width: 78, gap: 12 } as const;
