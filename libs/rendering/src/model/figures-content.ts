import type {
  ComplianceReason,
  ComplianceState,
  Coverage,
  Difference,
  LeftOutRow,
  LiftMethod,
  LiftVerdict,
  Rate,
  RunCounts,
  Severity,
} from '#domain';

/** The numbers that sentences, tables and charts print. Null: no section of the report shows them. */
export interface FiguresContent {
  readonly runs: number;
  readonly trials: number;
  readonly outcomes: RunCounts;
  /** Of the one target; null of several, and where no run was assessed. */
  readonly asr: Rate | null;
  readonly risk: RiskFigure;
  /** Runs that succeeded or came close. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly came_close: number;
  readonly dismissed: number;
  readonly targets: readonly TargetFigures[];
  readonly assessments: readonly AssessmentFigures[];
  readonly by_attack: readonly TallyFigures[] | null;
  readonly by_category: readonly TallyFigures[] | null;
  readonly by_goal: readonly TallyFigures[] | null;
  readonly by_transform: readonly TransformFigures[] | null;
  readonly attack_by_transform: readonly PairFigures[] | null;
  readonly compliance: readonly ItemFigures[] | null;
  /** Runs without a tag of a framework. */
  readonly framework_gaps: readonly GapFigures[] | null;
  /** Null: not asked for. */
  readonly adversarial_ml: readonly EvasionFigures[] | null;
  readonly judges: readonly AgreementFigures[];
  readonly left_out: readonly LeftOutRow[];
}

/** `target` in every row below is the name of one of these. */
export interface TargetFigures {
  readonly target: string;
  /** False: no source names it, and it goes by its assessment. */
  readonly named: boolean;
  readonly assessments: readonly string[];
  readonly trials: number;
  readonly hit_trials: number;
  readonly outcomes: RunCounts;
  readonly asr: Rate | null;
  /** Succeeded and open; came close and open; either of them, and closed since. */
  readonly open: Readonly<Record<Severity, number>>;
  readonly open_close: Readonly<Record<Severity, number>>;
  readonly closed: Readonly<Record<Severity, number>>;
  readonly remediated: number;
  readonly accepted: number;
  readonly dismissed: number;
  readonly suspected_target_errors: number;
}

/** Of the riskiest target. */
interface RiskFigure {
  /** Null: there is no score without an assessed run. */
  readonly value: number | null;
  /** Null where no score decided. */
  readonly band: string | null;
  readonly worst_severity: Severity | null;
  /** Hits of an unknown whole are in it: the true score may be higher. */
  readonly lower_bound: boolean;
}

export interface AssessmentFigures {
  readonly name: string;
  readonly target_model: string | null;
  readonly attacker_model: string | null;
  readonly judge_model: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly coverage: Coverage;
  readonly trials: number;
  readonly outcomes: RunCounts;
  readonly asr: Rate | null;
  readonly severities: Readonly<Record<Severity, number>>;
  readonly dismissed: number;
  readonly suspected_target_errors: number;
  readonly sources: readonly SourceFigures[];
}

interface SourceFigures {
  readonly file_name: string | null;
  readonly sha256: string;
  readonly format: string;
  readonly coverage: Coverage;
  readonly runs: number;
}

interface MeasuredFigures {
  readonly target: string;
  readonly outcomes: RunCounts;
  readonly asr: Rate | null;
  readonly trials: number;
  /** Of `trials`, those of files that list successes alone. */
  readonly hit_trials: number;
  readonly best_score: number | null;
  readonly trials_to_success: number | null;
}

export interface TallyFigures extends MeasuredFigures {
  readonly name: string;
}

export interface TransformFigures extends MeasuredFigures {
  readonly transforms: readonly string[];
  readonly verdict: LiftVerdict;
  /** Against untransformed runs of the same attack on the same target; null without any. */
  readonly lift: LiftFigures | null;
}

interface LiftFigures extends Difference {
  readonly method: LiftMethod;
  readonly attacks: number;
  /** Runs that were compared. */
  readonly with: Rate;
  readonly baseline: Rate;
  readonly p: number;
  readonly p_corrected: number;
  readonly compared: number;
}

export interface PairFigures {
  readonly target: string;
  readonly attack: string;
  readonly transforms: readonly string[];
  readonly outcomes: RunCounts;
  readonly asr: Rate | null;
}

interface ItemFigures {
  readonly target: string;
  readonly framework: string;
  readonly item: string;
  readonly outcomes: RunCounts;
  readonly asr: Rate | null;
  readonly state: ComplianceState;
  readonly reasons: readonly ComplianceReason[];
  readonly distinct: number;
  readonly from_file: number;
  readonly from_crosswalk: number;
  readonly from_table: number;
  readonly untagged_successes: number;
  readonly worst_severity: Severity | null;
  readonly findings: number;
}

interface GapFigures {
  readonly target: string;
  readonly framework: string;
  readonly runs: number;
  readonly succeeded: number;
}

interface EvasionFigures {
  readonly target: string;
  readonly attack: string;
  readonly adversarial_class: string | null;
  readonly succeeded: number;
  readonly degraded: number;
  readonly resisted: number;
  readonly not_assessed: number;
  readonly hits_only: number;
  readonly rate: Rate | null;
  readonly best_distance: number | null;
  readonly distance_norm: string | null;
}

interface AgreementFigures {
  readonly target: string;
  readonly primary: string | null;
  /** Null: the runs of the primary judge alone. */
  readonly other: string | null;
  readonly both: number;
  readonly only_primary: number;
  readonly only_other: number;
  readonly neither: number;
  readonly primary_runs: number;
  readonly kappa: number | null;
  readonly kappa_interval: Pick<Difference, 'low' | 'high'> | null;
}

/** Of a row that holds more, such as an id that is another one elsewhere. */
export const countsOf = ({ succeeded, resisted, not_assessed, hits_only }: RunCounts): RunCounts => ({
  succeeded,
  resisted,
  not_assessed,
  hits_only,
});
