import type { RunCounts } from './metrics.ts';
import type { RowSource } from './sections.ts';
import type { Assessed, GoalPairs } from './claims/two-rates.ts';
import type { CompletePolicy } from './severity-policy.ts';
import type {
  AssessmentStatus,
  ComplianceSource,
  Coverage,
  FindingStatus,
  FindingType,
  Outcome,
  PrimaryRule,
  ScoreMeaning,
  ScoreScale,
  Severity,
  SeveritySource,
} from './vocabulary.ts';

/** What each row source yields. Every string of it comes from a file and is hostile. */
export interface RowsBySource {
  readonly targets: TargetRow;
  readonly assessments: AssessmentRow;
  readonly severities: SeverityRow;
  readonly asr_by_attack: TallyRow;
  readonly asr_by_category: CategoryRow;
  readonly asr_by_goal: TallyRow;
  readonly asr_by_transform: TransformRow;
  readonly attack_by_transform: AttackByTransformRow;
  readonly lift_strata: LiftStratumRow;
  readonly compliance_items: ComplianceItemRow;
  readonly framework_gaps: FrameworkGapRow;
  readonly findings: FindingRow;
  readonly finding_categories: FindingCategoryRow;
  readonly not_assessed_reasons: NotAssessedReasonRow;
  readonly adversarial_ml: AdversarialMlRow;
  readonly judges: JudgeRow;
  readonly left_out: LeftOutRow;
}
export type RowOf<S extends RowSource> = RowsBySource[S];

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** Rows are counted for each target apart; nothing is pooled over several. */
interface OfTarget {
  /**
   * The system that was attacked: `n:` and the name that the run, or else its assessment, gives it. Where neither names it,
   * each assessment is a system of its own: `a:` and its key.
   */
  readonly target_key: string;
}

/** Runs with a severity, by what became of them. Those triaged as false positive or incorrectly scored are nowhere. */
export interface RunsByStatus {
  /** Succeeded and open. */
  readonly open: SeverityCounts;
  /** Resisted, came close and open. */
  readonly open_close: SeverityCounts;
  /** Succeeded or came close, and remediated or accepted. */
  readonly closed: SeverityCounts;
}

/** One attacked system over all assessments; without adversarial-ML runs, as every count but theirs. */
export interface TargetRow extends OfTarget, RunCounts, RunsByStatus {
  /** Null: nobody names it. */
  readonly name: string | null;
  readonly assessments: readonly string[];
  readonly trials: number;
  /** Of `trials`, those of hit logs, which hold successes alone. */
  readonly hit_trials: number;
  /** Of `open`, those of hit logs. */
  readonly open_hits: SeverityCounts;
  /** Succeeded runs that were remediated; that were accepted as a risk. */
  readonly remediated: number;
  readonly accepted: number;
  /** Left out: false positive or incorrectly scored. */
  readonly dismissed: number;
  readonly suspected_target_errors: number;
  /** Trials that a content filter before the target answered. */
  readonly blocked_trials: number;
  /** Of `resisted`, those of which some trials were not assessed. */
  readonly resisted_in_part: number;
  readonly distinct_goals: number;
}

/** An assessment with the runs that count in it, and the files it came from. */
export interface AssessmentRow extends RunCounts, RunsByStatus {
  /** For links of the API; never printed, since the same data has other ids elsewhere. */
  readonly id: string;
  readonly name: string;
  readonly target_model: string | null;
  /** Targets of its runs; of one without a run the target that it names. */
  readonly target_keys: readonly string[];
  readonly attacker_model: string | null;
  readonly judge_model: string | null;
  /** ISO 8601 UTC. */
  readonly started_at: string | null;
  readonly completed_at: string | null;
  /** `full` when any of its imports is. */
  readonly coverage: Coverage;
  readonly trials: number;
  /** Of `trials`, those of hit logs. */
  readonly hit_trials: number;
  /** Succeeded runs that were remediated; that were accepted as a risk. */
  readonly remediated: number;
  readonly accepted: number;
  /** Succeeded and partial runs of each severity, whatever their status. */
  readonly severities: SeverityCounts;
  /** Null: the default bands. */
  readonly severity_policy: CompletePolicy | null;
  /** Runs left out because they were triaged as false positive or incorrectly scored. */
  readonly dismissed: number;
  readonly suspected_target_errors: number;
  readonly adversarial_ml_runs: number;
  /** Imports that still have a current run here, or that found none. */
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

/** Findings of one severity of one target. */
export interface SeverityRow extends OfTarget {
  readonly severity: Severity;
  /** Open runs that succeeded; that came close. */
  readonly succeeded: number;
  readonly partial: number;
  /** Succeeded or came close, and closed since. */
  readonly remediated: number;
  readonly accepted: number;
  /** Where the severity of all of them comes from; `score_band` without those that a policy graded. */
  readonly sources: Readonly<Partial<Record<SeveritySource, number>>>;
  /** Graded by the policy of their assessment. */
  readonly by_policy: number;
}

/** Measured of a group of runs of one target. */
interface MeasuredRuns extends OfTarget, RunCounts {
  readonly trials: number;
  /** Of `trials`, those of hits. */
  readonly hit_trials: number;
  /** Runs of files that list hits alone, whatever their outcome: what such a file tried beside them is unknown. */
  readonly hit_log_runs: number;
  readonly best_score: number | null;
  /** Mean number of trials up to the first success, over succeeded runs with a denominator; null when none succeeded. */
  readonly trials_to_success: number | null;
  /** Lowest best score of a run, and mean time of a run in ms: analytics alone read them. */
  readonly min_score?: number | null;
  readonly execution_time_ms?: number | null;
}

/** Runs grouped by a name: an attack, a category or a goal. */
export interface TallyRow extends MeasuredRuns {
  readonly name: string;
}

export interface CategoryRow extends TallyRow {
  /** Distinct prompts, or goals of runs without one, among the assessed runs. */
  readonly distinct: number;
}

/** Runs with exactly these transforms in this order; an empty list: sent as written. */
export interface TransformRow extends MeasuredRuns {
  readonly transforms: readonly string[];
}

export interface AttackByTransformRow extends OfTarget, RunCounts {
  readonly attack: string;
  readonly transforms: readonly string[];
}

/** Runs with a transform beside untransformed ones of the same attack on the same target; both hold an assessed run. */
export interface LiftStratumRow extends OfTarget {
  /** Never empty. */
  readonly transforms: readonly string[];
  readonly attack: string;
  readonly with: Assessed;
  readonly baseline: Assessed;
  /** Goals by who succeeded; only where each goal of both has exactly one assessed run with and one without. */
  readonly pairs: GoalPairs | null;
}

/** One item of a framework that at least one run carries a tag of. */
export interface ComplianceItemRow extends OfTarget, RunCounts {
  readonly framework: string;
  readonly item: string;
  readonly worst: Severity | null;
  /** Succeeded and partial runs that carry the tag. */
  readonly findings: number;
  /** Runs whose tags the file gave; our crosswalk of categories; the tool's own table of its probes. */
  readonly from_file: number;
  readonly from_crosswalk: number;
  readonly from_table: number;
  /** Distinct prompts, or goals of runs without one, among the assessed runs. */
  readonly distinct: number;
  /** Succeeded runs without any tag of the framework, whose category our crosswalk maps to the item. */
  readonly untagged_successes: number;
  /** Of the runs that carry the tag; in analytics alone. */
  readonly trials?: number;
  readonly attacks?: readonly string[];
  /** Goal, or else attack, of the worst finding among them; in analytics alone. */
  readonly top_finding?: string | null;
}

/** Runs that carry no tag of a framework. */
export interface FrameworkGapRow extends OfTarget {
  readonly framework: string;
  readonly runs: number;
  readonly succeeded: number;
}

/** Findings of one category: what recommendations are derived from. */
export interface FindingCategoryRow extends OfTarget, RunsByStatus {
  readonly category: string;
  /** Whatever their status. */
  readonly severities: SeverityCounts;
  /** Framework items of those that succeeded and are open, `framework:item`, most frequent first, at most 8. */
  readonly items: readonly string[];
  readonly attacks: readonly string[];
}

export interface NotAssessedReasonRow extends OfTarget {
  readonly reason: string;
  readonly runs: number;
}

/** Adversarial-ML runs of a target by attack, class and norm: only in reports that ask for them, and in no other count. */
export interface AdversarialMlRow extends OfTarget {
  readonly attack: string;
  readonly adversarial_class: string | null;
  readonly distance_norm: string | null;
  /** Evaded the classifier. */
  readonly succeeded: number;
  /** Did not evade it, but made it worse. */
  readonly degraded: number;
  readonly resisted: number;
  readonly not_assessed: number;
  readonly hits_only: number;
  /** Smallest distance of a run that succeeded. */
  readonly best_distance: number | null;
}

/** Verdicts of two judges on the runs that both judged. */
export interface JudgeRow extends OfTarget {
  /** Whose verdicts count; null where nobody names it. */
  readonly primary: string | null;
  /** Null: the row of the primary one alone, with its runs and no comparison. */
  readonly other: string | null;
  /** By whom an attack succeeded. */
  readonly both: number;
  readonly only_primary: number;
  readonly only_other: number;
  readonly neither: number;
  /** Runs that the primary one judged. */
  readonly primary_runs: number;
}

export const leftOutKinds = [
  'unfinished_assessment',
  'empty_assessment',
  'undated_assessment',
  'superseded_import',
  'no_goal',
  'no_category',
  'no_denominator',
  'dismissed',
  'adversarial_ml',
] as const;

/** What stands in no count, or in none by that name: assessments and imports by name, runs by their number. */
export interface LeftOutRow {
  readonly what: (typeof leftOutKinds)[number];
  /** Of the assessment or the file. */
  readonly name: string | null;
  /** Of an unfinished assessment. */
  readonly status: AssessmentStatus | null;
  readonly runs: number;
  readonly succeeded: number;
}

/** A finding with its best trial, worst first: severity, what succeeded, what is open, score, then order in the file. */
export interface FindingRow extends OfTarget {
  readonly id: string;
  readonly assessment: string;
  readonly attack_name: string;
  readonly attack_domain: string | null;
  readonly category: string;
  readonly goal: string | null;
  /** Of a finding without a goal: the first characters of the prompt of its best trial, for its title. */
  readonly prompt_start: string | null;
  readonly transforms: readonly string[];
  readonly outcome: Outcome;
  readonly finding_type: FindingType;
  readonly finding_status: FindingStatus;
  readonly severity: Severity | null;
  readonly severity_source: SeveritySource | null;
  /** The severity is that of the policy of the assessment, not of the default bands. */
  readonly by_policy: boolean;
  /** Of the import that it comes from: a hit log tells nothing of trials that failed. */
  readonly coverage: Coverage;
  readonly best_score: number | null;
  /** How that score was made of the source's own; null where it is the source's own. */
  readonly best_score_scale: ScoreScale | null;
  readonly compliance: Readonly<Record<string, readonly string[]>>;
  /** Where its tags come from; null where it carries none. */
  readonly compliance_source: ComplianceSource | null;
  /** Of tags by a tool's own table: `garak 0.14.1`. */
  readonly compliance_table: string | null;
  /** Whether its score grades harm or only orders trials. */
  readonly score_meaning: ScoreMeaning;
  /** As the run, or else its assessment, names it. */
  readonly target_model: string | null;
  readonly evaluator_model: string | null;
  readonly trials: number;
  readonly succeeded_trials: number;
  readonly not_assessed_trials: number;
  /** Answered by a content filter before the target. */
  readonly blocked_trials: number;
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
  /** Whose verdict decides. */
  readonly detector: string | null;
  readonly score: number | null;
  /** The score as the file writes it and how `score` came of it; null where `score` is the file's own number. */
  readonly source_score: string | null;
  readonly score_scale: ScoreScale | null;
  readonly blocked_by_filter: boolean;
  /** Of other judges of the same trial, by name. */
  readonly secondary_scores: Readonly<Record<string, number | null>>;
  readonly secondary_verdicts: Readonly<Record<string, Outcome>>;
  readonly triggers: readonly string[];
  readonly turns: readonly { readonly role: string; readonly content: string }[];
}
