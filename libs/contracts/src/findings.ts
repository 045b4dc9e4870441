import { Command, Query } from '@nestjs/cqrs';
import type { FindingsFilter, FindingStatus, FindingType, Severity } from '#domain';
import type { FindingResponse, FindingTrialResponse } from './finding.response.dto.ts';
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

export interface FindingsPage extends Page<FindingResponse> {
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
export class GetFinding extends Query<FindingResponse> {
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
export class ListTrials extends Query<Page<FindingTrialResponse>> {
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
export class TriageFinding extends Command<FindingResponse> {
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
