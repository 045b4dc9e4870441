import { Query } from '@nestjs/cqrs';
import type { Severity } from '#domain';
import type { FindingResponse } from './finding.response.dto.ts';
import type { ProjectRef, WorkspaceRef } from './project-ref.ts';

/** One group of attack runs, as the SDK's `ASREntry`. Rates are 0 to 1; `asr` is 0 when nothing was assessed. */
export interface AsrEntry {
  readonly total_attacks: number;
  readonly successful_attacks: number;
  readonly asr: number;
  readonly best_score: number;
  readonly min_score: number;
  readonly total_trials: number;
  readonly avg_trials_per_attack: number;
  readonly avg_trials_to_success: number | null;
  readonly avg_execution_time_ms: number;
}

export interface AsrByDimension {
  readonly dimension: string;
  readonly entries: Readonly<Record<string, AsrEntry>>;
}

export interface TopFinding {
  readonly rank: number;
  readonly severity: Severity | null;
  readonly score: number | null;
  readonly attack_name: string;
  readonly goal: string | null;
  readonly goal_category: string | null;
  readonly candidate: string | null;
  readonly response: string | null;
  readonly transforms_applied: readonly string[];
  readonly compliance_tags: Readonly<Record<string, readonly string[]>>;
  readonly secondary_scores: Readonly<Record<string, unknown>>;
  readonly trial_number: number | null;
  readonly execution_time_ms: number | null;
  readonly assessment_id: string;
  readonly attack_run_id: string;
  readonly trial_index: number | null;
  readonly target_model: string | null;
  readonly attacker_model: string | null;
  readonly evaluator_model: string | null;
}

export interface ComplianceEntry {
  readonly tested: boolean;
  readonly attacks_used: readonly string[];
  readonly total_trials: number;
  readonly asr: number;
  readonly max_severity: Severity | null;
  readonly top_finding: string | null;
}

export interface CoverageEntry {
  readonly total_categories: number;
  readonly tested_categories: number;
  /** 0 to 1. */
  readonly coverage_pct: number;
  readonly untested: readonly string[];
}

/** Keys of the SDK for the five frameworks. */
export type AnalyticsFramework = 'owasp_llm' | 'owasp_agentic' | 'atlas' | 'nist' | 'saif';

export interface ExecutionStats {
  readonly total_attacks: number;
  readonly successful_attacks: number;
  readonly overall_asr: number;
  readonly total_trials: number;
  readonly total_pruned: number;
  readonly total_failed: number;
  readonly pruning_rate: number;
  readonly failure_rate: number;
  readonly total_execution_time_s: number;
  readonly avg_trial_time_ms: number;
}

export interface AnalyticsRecommendation {
  readonly severity: Severity;
  readonly category: string;
  readonly title: string;
  readonly description: string;
  readonly compliance_refs: readonly string[];
  readonly attack_vectors: readonly string[];
}

/** Shape of the SDK's `CampaignAnalytics`. */
export interface CampaignAnalytics {
  readonly asr_by_attack: AsrByDimension;
  readonly asr_by_category: AsrByDimension;
  readonly asr_by_transform: AsrByDimension;
  readonly asr_by_goal: AsrByDimension;
  readonly severity_breakdown: Readonly<Record<Severity, number>>;
  readonly top_findings: readonly TopFinding[];
  readonly compliance_matrix: Readonly<Record<AnalyticsFramework, Readonly<Record<string, ComplianceEntry>>>>;
  readonly coverage_summary: Readonly<Record<AnalyticsFramework, CoverageEntry>>;
  readonly execution_stats: ExecutionStats;
  readonly recommendations: readonly AnalyticsRecommendation[];
  readonly risk_score: number;
  /** Transform to the difference of its rate and its baseline's, −1 to 1; without those that have no baseline. */
  readonly transform_lift: Readonly<Record<string, number>>;
  readonly baseline_transform: string;
  readonly baseline_asr: number | null;
}

/** Metrics of one assessment or of a project, from the functions of `#domain` alone. */
export interface Metrics {
  readonly risk_score: number | null;
  readonly risk_band: string | null;
  readonly risk_lower_bound: boolean;
  /** Null when no run could be assessed, or when only hits are known. */
  readonly overall_asr: number | null;
  readonly asr_low: number | null;
  readonly asr_high: number | null;
  readonly total_attacks: number;
  readonly total_trials: number;
  readonly succeeded: number;
  readonly resisted: number;
  readonly not_assessed: number;
  readonly hits_only: number;
  readonly severity_breakdown: Readonly<Record<string, number>>;
}

/** Numbers of one assessment as the documented API has them; `snapshot` is the SDK's `CampaignAnalytics`. */
export interface AnalyticsView {
  readonly assessment_id: string;
  readonly risk_score: number;
  readonly overall_asr: number;
  readonly total_attacks: number;
  readonly total_trials: number;
  readonly analytics_snapshot: CampaignAnalytics;
}

/** Analytics of one assessment, by the resolvers and formulae of reports. */
export class GetAnalytics extends Query<AnalyticsView> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly assessmentId: string,
  ) {
    super();
  }
}

export interface ProjectSummary {
  readonly project_id: string;
  readonly project_key: string;
  readonly project_name: string;
  readonly last_activity_at: string | null;
  readonly total_assessments: number;
  readonly assessments_by_status: Readonly<Record<string, number>>;
  /** Documented averages over assessments; null without any. The merged numbers stand in `metrics`. */
  readonly avg_risk_score: number | null;
  readonly avg_asr: number | null;
  readonly total_attacks: number;
  readonly total_trials: number;
  /** Worst first, at most ten, by the rule of `view=report`. */
  readonly top_findings: readonly FindingResponse[];
  readonly metrics: Metrics;
}

/** Metrics over all assessments of a project. */
export class GetProjectSummary extends Query<ProjectSummary> {
  constructor(
    readonly project: ProjectRef,
    readonly projectKey: string,
  ) {
    super();
  }
}
