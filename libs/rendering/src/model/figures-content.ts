import type { Coverage, Difference, Rate, RunCounts, Severity } from '#domain';

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
  readonly assessments: readonly AssessmentFigures[];
  readonly by_attack: readonly TallyFigures[] | null;
  readonly by_category: readonly TallyFigures[] | null;
  readonly by_goal: readonly TallyFigures[] | null;
  readonly by_transform: readonly TransformFigures[] | null;
  readonly attack_by_transform: readonly PairFigures[] | null;
  readonly compliance: readonly ItemFigures[] | null;
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

export interface TallyFigures {
  readonly name: string;
  readonly outcomes: RunCounts;
  readonly asr: Rate | null;
  readonly trials: number;
  readonly best_score: number | null;
  readonly trials_to_success: number | null;
}

export interface TransformFigures extends TallyFigures {
  /** Of untransformed runs that share an attack or a goal with it. */
  readonly baseline: Rate | null;
  readonly lift: Difference | null;
}

export interface PairFigures {
  readonly attack: string;
  readonly transform: string;
  readonly outcomes: RunCounts;
  readonly asr: Rate | null;
}

interface ItemFigures {
  readonly framework: string;
  readonly item: string;
  readonly outcomes: RunCounts;
  readonly asr: Rate | null;
  readonly worst_severity: Severity | null;
  readonly findings: number;
}

/** Of a row that holds more, such as an id that is another one elsewhere. */
export const countsOf = ({ succeeded, resisted, not_assessed, hits_only }: RunCounts): RunCounts => ({
  succeeded,
  resisted,
  not_assessed,
  hits_only,
});
