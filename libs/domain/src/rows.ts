import type { RunCounts } from './metrics.ts';
import type { RowSource } from './sections.ts';
import type {
  Coverage,
  FindingStatus,
  FindingType,
  Outcome,
  PrimaryRule,
  Severity,
  SeveritySource,
} from './vocabulary.ts';

/** What each row source yields. Every string of it comes from a file and is hostile. */
export interface RowsBySource {
  readonly assessments: AssessmentRow;
  readonly severities: SeverityRow;
  readonly asr_by_attack: TallyRow;
  readonly asr_by_category: TallyRow;
  readonly asr_by_goal: TallyRow;
  readonly asr_by_transform: TransformRow;
  readonly attack_by_transform: AttackByTransformRow;
  readonly compliance_items: ComplianceItemRow;
  readonly findings: FindingRow;
  readonly finding_categories: FindingCategoryRow;
  readonly not_assessed_reasons: NotAssessedReasonRow;
}
export type RowOf<S extends RowSource> = RowsBySource[S];

/** An assessment with the runs that count in it, and the files it came from. */
export interface AssessmentRow extends RunCounts {
  /** For links of the API; never printed, since the same data has other ids elsewhere. */
  readonly id: string;
  readonly name: string;
  readonly target_model: string | null;
  readonly attacker_model: string | null;
  readonly judge_model: string | null;
  /** ISO 8601 UTC. */
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly coverage: Coverage;
  readonly trials: number;
  /** Succeeded and partial runs of each severity. */
  readonly severities: Readonly<Record<Severity, number>>;
  /** Runs left out because they were triaged as false positive or incorrectly scored. */
  readonly dismissed: number;
  readonly suspected_target_errors: number;
  readonly adversarial_ml_runs: number;
  readonly sources: readonly AssessmentSource[];
}

/** One import that fed an assessment. */
export interface AssessmentSource {
  readonly file_name: string | null;
  readonly sha256: string;
  readonly format: string;
  readonly coverage: Coverage;
  readonly runs: number;
  readonly threshold: number | null;
  readonly detector: string | null;
  /** What header or summary rows of the file claim. */
  readonly source_reported: Readonly<Record<string, unknown>> | null;
  /** What the file claims of itself as a whole: the same for every assessment that it fed. */
  readonly file_reported: Readonly<Record<string, unknown>> | null;
  /** Why `detector` is the judge whose verdicts count; null where the file names no judge. */
  readonly primary_rule: PrimaryRule | null;
  readonly warnings: readonly string[];
}

/** Runs that succeeded or came close (`partial`), of one severity. */
export interface SeverityRow {
  readonly severity: Severity;
  readonly succeeded: number;
  readonly partial: number;
}

/** Runs grouped by a name: an attack, a category or a goal. */
export interface TallyRow extends RunCounts {
  readonly name: string;
  readonly trials: number;
  readonly best_score: number | null;
  /** Mean number of trials up to the first success, over succeeded runs; null when none succeeded. */
  readonly trials_to_success: number | null;
  /** Lowest best score of a run, and mean time of a run in ms: analytics alone read them. */
  readonly min_score?: number | null;
  readonly execution_time_ms?: number | null;
}

export interface TransformRow extends TallyRow {
  /** Untransformed runs that share an attack or a goal with this transform's; null for the baseline itself. */
  readonly baseline: { readonly succeeded: number; readonly resisted: number } | null;
}

export interface AttackByTransformRow extends RunCounts {
  readonly attack: string;
  readonly transform: string;
}

/** One item of a framework that at least one run carries a tag of. */
export interface ComplianceItemRow extends RunCounts {
  readonly framework: string;
  readonly item: string;
  readonly worst: Severity | null;
  /** Succeeded and partial runs that carry the tag. */
  readonly findings: number;
  /** Of the runs that carry the tag; in analytics alone. */
  readonly trials?: number;
  readonly attacks?: readonly string[];
  /** Goal, or else attack, of the worst finding among them; in analytics alone. */
  readonly top_finding?: string | null;
}

/** Findings of one category: what recommendations are derived from. */
export interface FindingCategoryRow {
  readonly category: string;
  readonly severities: Readonly<Record<Severity, number>>;
  /** Framework items of those findings, `framework:item`, most frequent first, at most 8. */
  readonly items: readonly string[];
  readonly attacks: readonly string[];
}

export interface NotAssessedReasonRow {
  readonly reason: string;
  readonly runs: number;
}

/** A finding with its best trial, worst first: severity, then score, then order in the file. */
export interface FindingRow {
  readonly id: string;
  readonly assessment: string;
  readonly attack_name: string;
  readonly attack_domain: string | null;
  readonly category: string;
  readonly goal: string | null;
  readonly transforms: readonly string[];
  readonly outcome: Outcome;
  readonly finding_type: FindingType;
  readonly finding_status: FindingStatus;
  readonly severity: Severity | null;
  readonly severity_source: SeveritySource | null;
  readonly best_score: number | null;
  readonly compliance: Readonly<Record<string, readonly string[]>>;
  readonly target_model: string | null;
  readonly evaluator_model: string | null;
  readonly trials: number;
  readonly succeeded_trials: number;
  readonly not_assessed_trials: number;
  readonly not_assessed_reason: string | null;
  readonly suspected_target_error: boolean;
  readonly distance_norm: string | null;
  readonly distance_value: number | null;
  readonly notes: string | null;
  readonly attack_complexity: string | null;
  readonly source_grade: string | null;
  /** Scores of all trials in order; null where none was given. */
  readonly trial_scores: readonly (number | null)[];
  readonly best_trial: BestTrial | null;
  /** Where the run stands in its file. */
  readonly source_ref: string | null;
}

export interface BestTrial {
  /** From 1, within the run. */
  readonly number: number;
  readonly original_prompt: string | null;
  readonly prompt: string | null;
  readonly response: string | null;
  readonly reasoning: string | null;
  readonly detector: string | null;
  readonly triggers: readonly string[];
  readonly turns: readonly { readonly role: string; readonly content: string }[];
}
