import type { Mark } from './marks.ts';

/** A band over the full width that no page end may cut: a line of text, a table row, a chart. */
export interface Strip {
  readonly height: number;
  readonly marks: readonly Mark[];
  /** Of the first line in it: what stands beside is set on the same line. */
  readonly baseline?: number;
  /** Stays on the page of the strip that follows. */
  readonly keepWithNext?: boolean;
  /** Empty space, left out at the top of a page. */
  readonly space?: true;
  readonly newPage?: true;
  /** Begins on a new page when less than this is left. */
  readonly needs?: number;
  /** What is repeated above this strip when it comes to stand at the top of a page. */
  readonly continuation?: () => readonly Strip[];
  /** What the header says from this strip on. */
  readonly running?: Running;
  /** Rank of the finding in this row: the header names the range. */
  readonly rank?: number;
}

export interface Running {
  readonly section: string;
  /** Named behind the section, `F-002`; the first one on a page counts. */
  readonly item?: string;
  /** Rows are named by range: `1 – 19 of 120`. */
  readonly rankTotal?: number;
}

export const heightOf = (strips: readonly Strip[]): number => strips.reduce((sum, { height }) => sum + height, 0);

export const gap = (height: number, keepWithNext = false): Strip => ({ height, marks: [], space: true, keepWithNext });
