import type { OutlineEntry } from '../../model/list-sections.ts';
import type { Anchor } from '../../model/report-content.ts';
import type { Geometry } from '../../theme/geometry.ts';
import type { Mark } from '../strips/marks.ts';

/** A report as pages of marks: all that a writer needs. */
export interface LaidOutReport {
  readonly geometry: Geometry;
  readonly pages: readonly LaidOutPage[];
  /** Page index and height of each place that a link may lead to. */
  readonly anchors: ReadonlyMap<Anchor, { readonly page: number; readonly y: number }>;
  readonly outline: readonly OutlineEntry[];
  readonly pageNumber: PageNumber;
}

/** "page 3 of 12" where it stands; page indexes count from 0. */
export type PageNumber = (index: number, total: number) => readonly Mark[];

/** Parts follow each other in the report, but not in time. */
export interface PlacedPage {
  /** From 0, in the order of the report. */
  readonly part: number;
  readonly page: LaidOutPage;
}

export interface LaidOutPage {
  /** All but its number, which follows when all pages are known. */
  readonly placed: readonly { readonly y: number; readonly marks: readonly Mark[] }[];
  /** Part of a section too long for the layout engine's own writer. */
  readonly ofLongSection: boolean;
}
