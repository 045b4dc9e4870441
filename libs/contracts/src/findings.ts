import { Command, Query } from '@nestjs/cqrs';
import type { FindingsFilter, FindingStatus, FindingType, Outcome, Severity, SeveritySource } from '#domain';
import type { IntegrationEvent } from './integration-event.ts';
import type { Page, PageRequest } from './paging.ts';
import type { ProjectRef, WorkspaceRef } from './project-ref.ts';

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
