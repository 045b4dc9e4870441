import { Command, Query } from '@nestjs/cqrs';
import type { AssessmentStatus, SeverityPolicy } from '#domain';
import type { Metrics } from './analytics.ts';
import type { Page, PageRequest } from './paging.ts';
import type { WorkspaceRef } from './project-ref.ts';

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

/** Removes an assessment with its runs and trials, whatever fed it; `not_found` the second time and in other workspaces. */
export class DeleteAssessment extends Command<void> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly assessmentId: string,
  ) {
    super();
  }
}
