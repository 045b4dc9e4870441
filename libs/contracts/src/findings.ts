import type { Readable } from 'node:stream';
import { Command, Query } from '@nestjs/cqrs';
import type {
  AssessmentStatus,
  FindingsFilter,
  FindingStatus,
  FindingType,
  Outcome,
  RowOf,
  RowSource,
  Severity,
  SeverityPolicy,
  SeveritySource,
} from '#domain';
import type { CampaignAnalytics } from './campaign-analytics.ts';
import type { Problem } from './errors.ts';
import type { ProjectRef, WorkspaceRef } from './project-ref.ts';
import type { IntegrationEvent } from './integration-event.ts';
import type { Snapshot } from './snapshot.ts';

/** Takes bytes or text as they come, and settles when all of it is on its way or nobody takes any more. */
export type Sink = (chunks: AsyncIterable<string | Uint8Array>) => Promise<void>;

export interface ImportOptions {
  readonly format?: string;
  readonly name?: string;
  readonly target_model?: string;
  readonly detector?: string;
  readonly threshold?: number;
  readonly suspected_errors?: 'keep';
  readonly allow_truncated_tail?: boolean;
}

export const importStatuses = ['receiving', 'reading', 'finalising', 'completed', 'failed'] as const;
export type ImportStatus = (typeof importStatuses)[number];

/** Counts of an import, by the rules of docs/import-format.md; final once `status` is `completed`. */
export interface ImportView {
  readonly id: string;
  readonly status: ImportStatus;
  readonly format: string | null;
  readonly file_name: string | null;
  readonly sha256: string | null;
  readonly bytes_read: number;
  readonly rows_read: number;
  readonly assessments: number;
  readonly attack_runs: number;
  readonly trials: number;
  readonly succeeded: number;
  readonly resisted: number;
  readonly not_assessed: number;
  readonly suspected_target_errors: number;
  readonly folded: number;
  readonly skipped: number;
  readonly skipped_reasons: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly errors: readonly Problem[];
  readonly created_at: string;
  readonly completed_at: string | null;
}

/** Reads a red-team result file into a project: all of it, or nothing. The same file and options again change nothing. */
export class ImportRun extends Command<{ readonly import: ImportView; readonly created: boolean }> {
  constructor(
    readonly project: ProjectRef,
    readonly importId: string,
    readonly file: Readable,
    readonly fileName: string | null,
    readonly options: ImportOptions,
  ) {
    super();
  }
}

/** One import with its counts, or its progress while it runs; `not_found` for an unknown id. */
export class GetImport extends Query<ImportView> {
  constructor(
    readonly project: ProjectRef,
    readonly importId: string,
  ) {
    super();
  }
}

export interface PageRequest {
  readonly page: number;
  readonly pageSize: number;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Imports of a project, newest first. */
export class ListImports extends Query<Page<ImportView>> {
  constructor(
    readonly project: ProjectRef,
    readonly page: PageRequest,
  ) {
    super();
  }
}

/** Imports committed by now, oldest first: what a build accepted now may read. */
export class TakeWatermark extends Query<readonly string[]> {
  constructor(
    readonly project: ProjectRef,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Which rows of a project a section reads. The same request counts at preflight and streams at render. */
export interface RowRequest {
  readonly filter: FindingsFilter;
  readonly frameworks: readonly string[];
  readonly includeAdversarial: boolean;
  /** Import ids; rows of any other import are invisible. */
  readonly watermark: readonly string[];
  /** Only these assessments, whatever their status; all completed ones without it. */
  readonly assessmentIds?: readonly string[];
  /** Findings without the texts and scores of their trials, for a reading that prints none of them. */
  readonly headsOnly?: true;
}

/** Rows of a source, in a snapshot, as async batches. One SQL text serves this and `CountRows`. */
export class StreamRows<S extends RowSource = RowSource> extends Query<AsyncIterable<readonly RowOf<S>[]>> {
  constructor(
    readonly project: ProjectRef,
    readonly source: S,
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Number of rows of each source, by the same SQL that `StreamRows` reads. */
export class CountRows extends Query<ReadonlyMap<RowSource, number>> {
  constructor(
    readonly project: ProjectRef,
    readonly sources: readonly RowSource[],
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Which of the sources have a row at all, by the conditions that `CountRows` counts with; none is read to its end. */
export class HasRows extends Query<ReadonlySet<RowSource>> {
  constructor(
    readonly project: ProjectRef,
    readonly sources: readonly RowSource[],
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Rows of `findings` that meet exactly these of several constraints: `passed` has a boolean for each, in their order. */
export interface ConstraintPattern {
  readonly passed: readonly boolean[];
  readonly rows: number;
}

/**
 * How many runs meet which of the constraints, each a filter of one field: one scan tells the count of every combination.
 * The filter of the request plays no part; finding types do only where a constraint names them.
 */
export class CountByConstraint extends Query<readonly ConstraintPattern[]> {
  constructor(
    readonly project: ProjectRef,
    readonly constraints: readonly FindingsFilter[],
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Fields of a filter that constrain; `include_undated_assessments` belongs to the dates. */
export type ConstraintField = Exclude<keyof FindingsFilter, 'include_undated_assessments'>;

/** The value of one field that the rows of a request meet most nearly; null when no value of it keeps a row. */
export class FindNearestValue extends Query<string | number | readonly string[] | null> {
  constructor(
    readonly project: ProjectRef,
    readonly field: ConstraintField,
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Identity of the data behind a watermark, free of ids and of the clock. */
export interface DataDescription {
  /** Latest time that the data themselves name, ISO 8601; null when they name none. */
  readonly asOf: string | null;
  /** Hash over the imported files, their options and what people changed since. */
  readonly fingerprint: string;
}

/** What a watermark holds, in a form that is the same wherever the same data are. */
export class DescribeData extends Query<DataDescription> {
  constructor(
    readonly project: ProjectRef,
    readonly watermark: readonly string[],
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** The documented filter of reports, and what the list of findings takes beside it. */
export interface ListedFilter extends FindingsFilter {
  readonly finding_status?: readonly FindingStatus[];
  /** Words that all occur in goal, attack name, prompts or responses; a word of three letters or more by its beginning. */
  readonly search?: string;
  /** ISO 8601, inclusive bounds on the import of the run. */
  readonly created_after?: string;
  readonly created_before?: string;
}

export const findingSorts = [
  'score',
  'created_at',
  'updated_at',
  'severity',
  'attack_name',
  'category',
  'date',
] as const;
export type FindingSort = (typeof findingSorts)[number];

export interface FindingsPageRequest extends PageRequest {
  readonly filter: ListedFilter;
  readonly includeAdversarial: boolean;
  /** `report`: exactly the rows a report with this filter shows. `all`: every run, refusals and errors included. */
  readonly view: 'all' | 'report';
  readonly sortBy: FindingSort;
  /** `desc` by score or severity is worst first. */
  readonly sortDir: 'asc' | 'desc';
  /** `nextCursor` of an earlier page, in place of `page`. */
  readonly cursor?: string;
}

/** One exchange of an attack run. Its texts are hostile. */
export interface FindingTrial {
  /** Number of the trial in its run, from 1. */
  readonly step: number;
  readonly status: 'finished' | 'failed';
  readonly outcome: Outcome;
  readonly score: number | null;
  readonly candidate: string | null;
  readonly transformed_prompt: string | null;
  readonly response: string | null;
  readonly judge_reasoning: string | null;
  readonly scores: Readonly<Record<string, number>>;
  readonly secondary_scores: Readonly<Record<string, unknown>>;
  readonly detector: string | null;
  readonly not_assessed_reason: string | null;
  readonly execution_time_ms: number | null;
  readonly source_ref: string;
}

/** An attack run as the documented API spells it (`FindingDetail`), with what we know beside it. Its texts are hostile. */
export interface FindingDetail {
  readonly id: string;
  readonly project_id: string;
  readonly assessment_id: string;
  readonly assessment_name: string;
  readonly attack_name: string;
  readonly attack_domain: string | null;
  readonly adversarial_class: string | null;
  readonly attacker_model: string | null;
  readonly evaluator_model: string | null;
  readonly target_model: string | null;
  readonly best_candidate: string | null;
  readonly best_transformed_prompt: string | null;
  readonly best_response: string | null;
  readonly best_judge_reasoning: string | null;
  readonly best_score: number | null;
  readonly goal: string | null;
  readonly goal_category: string | null;
  readonly category: string;
  readonly sub_category: string | null;
  readonly risk_domain: string | null;
  readonly compliance_tags: Readonly<Record<string, readonly string[]>>;
  readonly transforms_applied: readonly string[];
  readonly distance_norm: string | null;
  readonly distance_value: number | null;
  readonly execution_time_s: number | null;
  readonly outcome: Outcome;
  readonly is_jailbreak: boolean;
  readonly not_assessed_reason: string | null;
  readonly suspected_target_error: boolean;
  readonly finding_type: FindingType;
  readonly finding_status: FindingStatus;
  readonly severity: Severity | null;
  readonly severity_source: SeveritySource | null;
  readonly status: string;
  readonly notes: string | null;
  readonly total_trials: number;
  readonly finished_trials: number;
  readonly pass_rate: number | null;
  readonly source_ref: string | null;
  readonly completed_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  /** The best of them, at most 3 in a list and 10 in a single finding. */
  readonly top_trials: readonly FindingTrial[];
}

export interface FindingsPage extends Page<FindingDetail> {
  /** Number of the page, counted on from where the first cursor began. */
  readonly page: number;
  readonly hasNext: boolean;
  readonly nextCursor: string | null;
}

/** Attack runs of a project in the order asked for; with `view: report` exactly the rows that a report shows. */
export class ListFindings extends Query<FindingsPage> {
  constructor(
    readonly project: ProjectRef,
    readonly request: FindingsPageRequest,
  ) {
    super();
  }
}

/** One finding of a workspace, wherever its project; `not_found` for what is another workspace's. */
export class GetFinding extends Query<FindingDetail> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly findingId: string,
    /** The project that it must belong to, where the path names one. */
    readonly projectId?: string,
  ) {
    super();
  }
}

/** All trials of a finding, in the order of its run. */
export class ListTrials extends Query<Page<FindingTrial>> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly findingId: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}

/** What a person says of findings. Undefined leaves a field as it is, null takes back what was said before. */
export interface Triage {
  readonly finding_status?: FindingStatus | null;
  readonly finding_type?: FindingType | null;
  readonly severity?: Severity | null;
  readonly notes?: string | null;
}

/** Changes one finding of a workspace; `not_found` for what is another workspace's. */
export class TriageFinding extends Command<FindingDetail> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly findingId: string,
    readonly triage: Triage,
  ) {
    super();
  }
}

/** Findings of a project by their ids, or those of the list with this filter. */
export type TriageSelection =
  { readonly ids: readonly string[] } | Pick<FindingsPageRequest, 'filter' | 'view' | 'includeAdversarial'>;

export interface TriageResult {
  readonly updated: number;
  readonly unchanged: number;
  /** Ids that name no finding of the project. */
  readonly not_found: readonly string[];
}

/** Changes many findings at once, or none. */
export class TriageFindings extends Command<TriageResult> {
  constructor(
    readonly project: ProjectRef,
    readonly selection: TriageSelection,
    readonly triage: Triage,
  ) {
    super();
  }
}

/** Metrics of one assessment or of a project, from the functions of `#domain` alone. */
export interface Metrics {
  readonly risk_score: number;
  readonly risk_band: string;
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

export interface AssessmentView {
  readonly id: string;
  readonly project_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: AssessmentStatus;
  readonly target_model: string | null;
  readonly attacker_model: string | null;
  readonly judge_model: string | null;
  readonly target_config: unknown;
  readonly attacker_config: unknown;
  readonly attack_manifest: unknown;
  readonly severity_policy: unknown;
  readonly runtime_id: string | null;
  readonly session_id: string | null;
  readonly workflow_run_id: string | null;
  readonly workflow_script: string | null;
  /** Null while nothing was imported into it. */
  readonly coverage: string | null;
  readonly source_reported: unknown;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly metrics: Metrics;
}

/** What a request says of an assessment. Undefined leaves a field as it is. */
export interface AssessmentFields {
  readonly name?: string;
  readonly description?: string | null;
  readonly status?: AssessmentStatus;
  readonly target_model?: string | null;
  readonly attacker_model?: string | null;
  readonly judge_model?: string | null;
  readonly target_config?: object | null;
  readonly attacker_config?: object | null;
  readonly attack_manifest?: unknown;
  readonly severity_policy?: SeverityPolicy | null;
  readonly runtime_id?: string | null;
  readonly session_id?: string | null;
  readonly workflow_run_id?: string | null;
  readonly workflow_script?: string | null;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
}

/** Assessments of a project, or of all projects of the workspace, with their metrics, oldest first. */
export class ListAssessments extends Query<Page<AssessmentView>> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly projectId: string | null,
    readonly page: PageRequest,
  ) {
    super();
  }
}

/** One assessment of a workspace; `not_found` for what is another workspace's. */
export class GetAssessment extends Query<AssessmentView> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly assessmentId: string,
  ) {
    super();
  }
}

/** Makes an assessment that files can be imported into. */
export class CreateAssessment extends Command<AssessmentView> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly projectId: string,
    readonly fields: AssessmentFields & { readonly name: string },
  ) {
    super();
  }
}

/** Changes an assessment; with another policy the severities follow that no person set. */
export class UpdateAssessment extends Command<AssessmentView> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly assessmentId: string,
    readonly fields: AssessmentFields,
  ) {
    super();
  }
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
  readonly top_findings: readonly FindingDetail[];
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

/**
 * Everything of a project in our own NDJSON, from one snapshot, at the pace of the sink. Imported into an empty project
 * it gives the same numbers and the same reports.
 */
export class ExportProject extends Query<void> {
  constructor(
    readonly project: ProjectRef,
    readonly sink: Sink,
  ) {
    super();
  }
}

/** Removes an import with its runs and trials, and assessments that no other import feeds; `not_found` the second time. */
export class DeleteImport extends Command<void> {
  constructor(
    readonly project: ProjectRef,
    readonly importId: string,
  ) {
    super();
  }
}

/** Removes an assessment with its runs and trials, whatever fed it; `not_found` the second time and in other workspaces. */
export class DeleteAssessment extends Command<void> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly assessmentId: string,
  ) {
    super();
  }
}

/** Data of a project are gone. Names what was deleted by its id, and nothing of its content. */
export class DataDeleted implements IntegrationEvent {
  static readonly type = 'data.deleted.v1';
  readonly type = DataDeleted.type;
  readonly discriminator = '';

  constructor(
    readonly organizationId: string,
    /** The import, assessment or project that was deleted. */
    readonly aggregateId: string,
    readonly payload: { readonly kind: 'import' | 'assessment' | 'project'; readonly project_id: string },
  ) {}
}

/** All findings of a project with their trials as a Parquet file, from one snapshot, at the pace of the sink. */
export class ExportFindings extends Query<void> {
  constructor(
    readonly project: ProjectRef,
    /** `[REDACTED]` in place of what somebody wrote in their own words. */
    readonly redact: boolean,
    readonly sink: Sink,
  ) {
    super();
  }
}
