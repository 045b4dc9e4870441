import type { ReportFacts } from '#domain';
import type { FindingsDigest } from '../model/findings-digest.ts';
import type { FindingContent } from '../model/report-content.ts';

/** `heads` lack the texts of trials: what stands in the findings table and what other pages say of a finding. */
export type FindingsPart = 'heads' | 'whole';

/** A report on its way: its facts, and its findings as they are composed. */
export interface ReportSource {
  readonly facts: ReportFacts;
  /** What all findings say together, by a reading of its own. */
  readonly digest: (part: FindingsPart) => Promise<FindingsDigest>;
  /** Reads all findings anew, in the order of the report, from one snapshot of the data; one reading at a time. */
  readonly read: (part: FindingsPart) => AsyncIterable<readonly FindingContent[]>;
  /** Called by a writer that reads more than once. */
  readonly onStage?: (stage: 'composing' | 'laying_out' | 'writing') => void;
}

export interface ReportWriter {
  /** Pieces of the document, in order; the same source gives the same bytes. */
  readonly write: (source: ReportSource) => AsyncIterable<string | Uint8Array>;
  /** How often findings are read: once, or first their heads, for pages that speak of all of them. */
  readonly readings: 1 | 2 | 3;
}
