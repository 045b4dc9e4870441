import type { Frontmatter, OutlineSection } from './outline.ts';
import type { RowsBySource } from './rows.ts';
import type { EvidenceLevel, FindingType, PaperSize, ReportFont, Severity } from './vocabulary.ts';

/** Sources small enough to be handed over whole; findings are streamed. */
export type BoundedSource = Exclude<keyof RowsBySource, 'findings'>;

/**
 * Everything that a report says beside its findings: the frozen plan and the rows read for it, in one snapshot.
 * Holds no clock and no job id, so that the same plan and data give the same bytes.
 */
export interface ReportFacts {
  /** Hash of plan and data, as printed: `RT-7F3A-29C1`. */
  readonly report_id: string;
  readonly project_name: string;
  /** Null: the default title. */
  readonly title: string | null;
  readonly company_name: string | null;
  /** Printed in every footer and on the cover. */
  readonly classification: string | null;
  /** PNG bytes of the logo, checked and re-encoded before. */
  readonly logo: Uint8Array | null;
  readonly style: ReportStyleFacts;
  readonly evidence: EvidenceLevel;
  readonly include_adversarial: boolean;
  /** The body, in the order of the document; sections that were empty at preflight are not here. */
  readonly outline: readonly OutlineSection[];
  /** Null: as the branding of a preset has it. */
  readonly frontmatter: Frontmatter | null;
  /** PNG bytes by the id that outline and frontmatter name; what is missing here says so in print. */
  readonly images: Readonly<Record<string, Uint8Array>>;
  readonly frameworks: readonly string[];
  /** What narrowed `findings` and `evidence`. */
  readonly filter: FindingsFilter;
  /** ISO 8601: the latest time that the data themselves name; null when they name none. */
  readonly data_as_of: string | null;
  readonly rows: { readonly [S in BoundedSource]: readonly RowsBySource[S][] };
  /** Rows that the findings stream will yield. */
  readonly finding_count: number;
  /** Null: the whole report. */
  readonly preview: PreviewBound | null;
  /** Version of the service, printed on the integrity page. */
  readonly release: string;
}

/** How much of a report a preview shows: its first findings on its first pages. */
export interface PreviewBound {
  readonly findings: number;
  readonly pages: number;
}

export interface ReportStyleFacts {
  readonly font: ReportFont;
  /** Body size in points, 6 to 24; every other size is a ratio of it. */
  readonly font_size: number;
  readonly paper: PaperSize;
}

/** The documented filter. Fields combine with AND, values in a field with OR; an empty list is no constraint. */
export interface FindingsFilter {
  readonly assessment_ids?: readonly string[];
  readonly attack_name?: readonly string[];
  readonly category?: readonly string[];
  readonly finding_type?: readonly FindingType[];
  readonly severity?: readonly Severity[];
  /** Inclusive lower bound of the best score, 0 to 1. */
  readonly min_score?: number;
  /** ISO 8601, inclusive bounds on the start of the assessment. */
  readonly started_after?: string;
  readonly started_before?: string;
  readonly include_undated_assessments?: boolean;
}
