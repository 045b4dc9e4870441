import type {
  assessmentColumns,
  ComplianceSource,
  Coverage,
  FindingType,
  Outcome,
  PrimaryRule,
  runColumns,
  ScoreMeaning,
  Severity,
  SeveritySource,
  Told,
  trialColumns,
} from '#domain';

/**
 * What a format reader says about a file, in the order in which it meets it. Rows go to staging tables by COPY and are
 * made whole in SQL (see finalise.ts): a reader never holds the file, and never decides what a later line may change.
 */
export type StagedRecord =
  | StagedAssessment
  | StagedRun
  | StagedTrial
  | StagedAttackFacts
  | SkippedRow
  | StagedFile
  | StagedExport
  | StagedSource;

/** Facts about an assessment. May come several times for one key: a later non-null field wins. */
export interface StagedAssessment extends Told<typeof assessmentColumns> {
  readonly kind: 'assessment';
  /** Natural key within the project: garak run id, promptfoo evalId and provider, the file's hash where there is none. */
  readonly key: string;
  readonly coverage?: Coverage;
  /** Trial threshold in force, 0 to 1, and the detector whose score counts. Printed under Method. */
  readonly threshold?: number;
  readonly detector?: string;
  /** Why that detector is the one; found from the rows where the reader does not say it. */
  readonly primary_rule?: PrimaryRule;
  /** For runs that do not say it: promptfoo grades its assertions, not the harm. */
  readonly score_meaning?: ScoreMeaning;
  /** What a header, evaluation or summary row claims of this assessment; never mixed with what the rows show. Merged key by key. */
  readonly source_reported?: Record<string, unknown>;
  /** What each import of an export said about it; takes the place of the four facts above. Our own export only. */
  readonly sources?: readonly StagedAssessmentSource[];
}

/** One import's word on an assessment. */
export interface StagedAssessmentSource {
  /** Id of a `StagedSource`. */
  readonly source: string;
  readonly coverage: Coverage;
  readonly threshold?: number | null;
  readonly detector?: string | null;
  readonly primary_rule?: PrimaryRule | null;
  readonly source_reported?: Record<string, unknown> | null;
}

/** What the file claims of itself as a whole, whichever assessments it holds. Merged key by key. */
export interface StagedFile {
  readonly kind: 'file';
  readonly source_reported: Readonly<Record<string, unknown>>;
}

/** The file is an export: it feeds nothing itself, the imports that it brings back do (ADR 0024). */
export interface StagedExport {
  readonly kind: 'export';
}

/** An import that an export brings back, as it was. */
export interface StagedSource {
  readonly kind: 'source';
  readonly id: string;
  readonly file_name: string | null;
  readonly sha256: string;
  readonly format: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly options_hash: string;
  readonly bytes_read: number;
  readonly rows_read: number;
  readonly counts: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
  readonly lacks: readonly string[];
  readonly source_reported: Readonly<Record<string, unknown>> | null;
  readonly created_at: string;
  readonly completed_at: string;
}

/** One attack run. Several records of one (assessment, run) are versions of it: the highest (rank, row) wins. */
export interface StagedRun extends Omit<Told<typeof runColumns>, 'severity' | 'severity_source'> {
  readonly kind: 'run';
  readonly assessment: string;
  /** Natural key within the assessment. */
  readonly run: string;
  /** Row number in the file (line, result index, CSV record), from 1. The lowest decides the order of runs. */
  readonly row: number;
  /** Garak's attempt status; 0 where a format writes each run once. Trials of losing versions are dropped. */
  readonly rank: number;
  readonly attack_name: string;
  readonly category: string;
  readonly transforms: readonly string[];
  readonly compliance: Readonly<Record<string, readonly string[]>>;
  /** Label that the source put on the row itself. */
  readonly source_severity?: Severity;
  /** Set by a person before the export; wins over everything else. Our own format only. */
  readonly human_severity?: Severity;
  /** Of an export: the import that the run came with. */
  readonly source?: string;
  /** What was derived before, where a line tells it: taken as it is, so that an export gives the same numbers again. */
  readonly told_severity?: Severity;
  readonly told_severity_source?: SeveritySource;
  readonly told_finding_type?: FindingType;
}

/** Facts that come late and hold for every run of an attack in the assessment. Compliance is added, a grade replaces. */
export interface StagedAttackFacts {
  readonly kind: 'attack_facts';
  readonly assessment: string;
  readonly attack_name: string;
  readonly row: number;
  readonly compliance: Readonly<Record<string, readonly string[]>>;
  /** Where these tags come from, and whose table it was; told wherever there are any. */
  readonly compliance_source?: ComplianceSource;
  readonly compliance_table?: string;
  readonly source_grade?: string;
}

/** One exchange. A second record of one (run, trial) is another judge of the same exchange: folded, kept as secondary. */
export interface StagedTrial extends Told<typeof trialColumns> {
  readonly kind: 'trial';
  readonly assessment: string;
  readonly run: string;
  readonly trial: string;
  readonly row: number;
  readonly rank: number;
  readonly outcome: Outcome;
  /** Told by the run line itself (our own format): counts only where the run has no other trial, and is dropped otherwise. */
  readonly stands_in?: true;
  readonly source_ref: string;
}

/** A data row that is no attempt. Header and summary rows are not reported at all. */
export interface SkippedRow {
  readonly kind: 'skipped';
  readonly row: number;
  readonly reason: string;
}

/** What a reader needs to know beyond the bytes. */
export interface ReadOptions {
  /** Names of all formats. */
  readonly formats: readonly string[];
  readonly fileSha256: string;
  readonly fileName?: string;
  readonly name?: string;
  readonly targetModel?: string;
  readonly detector?: string;
  readonly threshold?: number;
  readonly keepSuspectedErrors: boolean;
  readonly allowTruncatedTail: boolean;
}

/** Shared between reader and importer while a file is read; what it holds ends up in the answer. */
export interface ReadTally {
  /** Non-blank lines, results, CSV records or attack_details. */
  rows_read: number;
  /** Warning text to how often it came; at most 100 distinct ones are kept. */
  readonly warnings: Map<string, number>;
}

/** One import format: a folder under formats/ exports one of these, and formats/import-formats.ts lists it. */
export interface ImportFormat {
  readonly name: string;
  /** True: every trial record of a run counts. False (garak report): a later version of a run replaces its trials. */
  readonly accumulates: boolean;
  /** Decides from the first 64 KiB, decoded, without a BOM. */
  detect(head: string): boolean;
  /** Yields batches, so that a line costs no promise. Throws InvalidImport with the location of the fault. */
  read(file: string, options: ReadOptions, tally: ReadTally): AsyncIterable<readonly StagedRecord[]>;
}
