import type { Anchor } from '../model/report-content.ts';
import type { FaceName } from '../fonts/font-files.ts';
import type { ShapedCluster } from '../fonts/shaping-face.ts';
import type { FamilyName } from '../theme/type-scale.ts';

/** How a passage looks. */
export interface PassageStyle {
  readonly family: FamilyName;
  readonly size: number;
  readonly bold: boolean;
  readonly colour: string;
  readonly link?: Anchor;
  readonly marked?: true;
  readonly struck?: true;
  /** Family of our own notes inside evidence, "[21 more invisible characters]". */
  readonly noteFamily?: FamilyName;
}

export type Passage =
  | { readonly kind: 'text'; readonly text: string; readonly style: PassageStyle }
  | { readonly kind: 'mask'; readonly count: number; readonly style: PassageStyle }
  | { readonly kind: 'page_of'; readonly target: Anchor; readonly style: PassageStyle };

/** A piece of one line, placed from the line's left edge. */
export interface LineRun {
  readonly kind: 'text' | 'shaped' | 'escape' | 'mask' | 'page_of';
  /** In reading order. */
  readonly text: string;
  readonly face: FaceName;
  readonly x: number;
  readonly width: number;
  readonly style: PassageStyle;
  readonly target?: Anchor;
  /** Of a `shaped` run. */
  readonly glyphs?: RunGlyphs;
}

export interface RunGlyphs {
  /** From left to right as they are drawn. */
  readonly clusters: readonly ShapedCluster[];
  readonly rightToLeft: boolean;
}

export interface TextLine {
  /** In reading order; where each is drawn says its `x`. */
  readonly runs: readonly LineRun[];
  /** Without the spaces that hang over its end. */
  readonly width: number;
  /** Its paragraph begins at the right. */
  readonly rightToLeft?: true;
}
