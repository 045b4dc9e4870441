import { Command, Query } from '@nestjs/cqrs';
import type { BuildStatus, ReportFormat, RowSource } from '#domain';
import type { RowRequest } from './rows.ts';
import type { IntegrationEvent } from './integration-event.ts';
import type { Page, PageRequest } from './paging.ts';
import type { ProjectRef } from './project-ref.ts';
import type { Snapshot, Transaction } from './snapshot.ts';
import type { ReportPlan, ReportRequest } from './templates.ts';

/** State of a build. URL and expiry are present only when completed, minted anew for each read. */
export interface BuildView {
  readonly job_id: string;
  readonly status: BuildStatus;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly completed_at: Date | null;
  readonly presigned_url: string | null;
  readonly url_expires_at: Date | null;
  readonly file_size_bytes: number;
  readonly error_message: string | null;
  readonly project_id: string;
  readonly template_id: string | null;
  readonly format: ReportFormat;
  readonly retry_of: string | null;
  readonly sha256: string | null;
  readonly progress: BuildProgressView;
}

export interface BuildProgressView {
  readonly stage: string | null;
  /** 0 to 100; within an attempt it never falls. */
  readonly percent: number;
  /** From 1, over all that wait; null when the build does not wait, or more than 1,000 are before it. */
  readonly queue_position: number | null;
}

/** The answer to a request that made a build: as it was then, also when it is given again. */
export interface AcceptedBuild {
  readonly build: BuildView;
  /** Given before, for the same `Idempotency-Key`. */
  readonly replayed: boolean;
}

/** Checks, plans and queues a report. Answers once the request is durable; depends on Postgres alone. */
export class BuildReport extends Command<AcceptedBuild> {
  constructor(
    readonly project: ProjectRef,
    readonly request: ReportRequest,
    readonly createdBy: string,
    readonly idempotencyKey?: string,
  ) {
    super();
  }
}

/** Reads a build and, when completed, signs a URL of one hour. */
export class GetBuild extends Query<BuildView> {
  constructor(
    readonly project: ProjectRef,
    readonly buildId: string,
  ) {
    super();
  }
}

export interface BuildListRequest extends PageRequest {
  /** Goes on after this build, newest first; takes the place of `page`. */
  readonly after: { readonly createdAt: string; readonly id: string } | null;
  /** Empty: every status. */
  readonly statuses: readonly BuildStatus[];
}

export interface BuildList extends Page<BuildView> {
  /** Where the next page goes on; null at the end. */
  readonly next: { readonly createdAt: string; readonly id: string } | null;
}

/** Builds of a project, newest first. */
export class ListBuilds extends Query<BuildList> {
  constructor(
    readonly project: ProjectRef,
    readonly request: BuildListRequest,
  ) {
    super();
  }
}

/** Ends a build that has not ended. Cancelled before: the same answer; ended otherwise: `conflict`. */
export class CancelBuild extends Command<BuildView> {
  constructor(
    readonly project: ProjectRef,
    readonly buildId: string,
  ) {
    super();
  }
}

/** Removes a build and its artifact, ending it first where it runs; `not_found` the second time. */
export class DeleteBuild extends Command<void> {
  constructor(
    readonly project: ProjectRef,
    readonly buildId: string,
  ) {
    super();
  }
}

/** Queues a new build with the frozen plan and watermark of one that has ended; `conflict` while it has not. */
export class RetryBuild extends Command<AcceptedBuild> {
  constructor(
    readonly project: ProjectRef,
    readonly buildId: string,
    readonly createdBy: string,
    readonly idempotencyKey?: string,
  ) {
    super();
  }
}

/** What a report would cost. */
export interface ReportEstimate {
  readonly findings: number;
  readonly pages: number;
  /** From claim to completion; time in the queue is not in it. */
  readonly seconds: number;
  /** `measured`: corrected by past builds of the organization; `typical`: by none. */
  readonly basis: 'measured' | 'typical';
}

/** Estimates pages and seconds of a plan whose sources have so many rows. */
export class EstimateReport extends Query<ReportEstimate> {
  constructor(
    readonly project: ProjectRef,
    readonly plan: ReportPlan,
    readonly rows: Readonly<Partial<Record<RowSource, number>>>,
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/**
 * The first pages of a report, rendered at once and kept nowhere. `rate_limited` while another preview is rendered in
 * this process, `preview_timeout` when it takes too long; stops when the signal says so.
 */
export class PreviewReport extends Query<Uint8Array> {
  constructor(
    readonly project: ProjectRef,
    readonly request: ReportRequest,
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

/** completed → expired for a build whose object is gone from the store; nothing happens when it is in another state. */
export class NoteMissingArtifact extends Command<void> {
  constructor(
    readonly buildId: string,
    readonly objectKey: string,
  ) {
    super();
  }
}

/** Wakes a worker for a build. Safe to repeat: the row decides whether there is anything to do. */
export class EnqueueBuild extends Command<void> {
  constructor(
    readonly buildId: string,
    readonly attempt: number,
  ) {
    super();
  }
}

/** A build was accepted, or came back to the queue for another attempt. */
export class ReportBuildQueued implements IntegrationEvent {
  static readonly type = 'report.build_queued.v1';
  readonly type = ReportBuildQueued.type;

  constructor(
    readonly organizationId: string,
    readonly aggregateId: string,
    readonly payload: { readonly attempt: number },
    /** A build is queued once for each attempt, and once more for each time that a process hands it back. */
    readonly discriminator = String(payload.attempt),
  ) {}
}

/** A report is stored and can be fetched. Carries no URL and no finding: ask `GET …/reports/build/{build_id}` for a link. */
export class ReportCompleted implements IntegrationEvent {
  static readonly type = 'report.completed.v1';
  readonly type = ReportCompleted.type;
  readonly discriminator = '';

  constructor(
    readonly organizationId: string,
    readonly aggregateId: string,
    readonly payload: {
      readonly build_id: string;
      readonly project_id: string;
      readonly format: ReportFormat;
      readonly file_size_bytes: number;
      readonly sha256: string;
      readonly completed_at: string;
    },
  ) {}
}

/** A build ended without a report; `error_code` says why in one word. */
export class ReportFailed implements IntegrationEvent {
  static readonly type = 'report.failed.v1';
  readonly type = ReportFailed.type;
  readonly discriminator = '';

  constructor(
    readonly organizationId: string,
    readonly aggregateId: string,
    readonly payload: { readonly build_id: string; readonly project_id: string; readonly error_code: string },
  ) {}
}

/** A build was cancelled before it had ended. */
export class ReportCancelled implements IntegrationEvent {
  static readonly type = 'report.cancelled.v1';
  readonly type = ReportCancelled.type;
  readonly discriminator = '';

  constructor(
    readonly organizationId: string,
    readonly aggregateId: string,
    readonly payload: { readonly build_id: string; readonly project_id: string },
  ) {}
}

/** A build is gone, and its artifact goes with it. */
export class ReportDeleted implements IntegrationEvent {
  static readonly type = 'report.deleted.v1';
  readonly type = ReportDeleted.type;
  readonly discriminator = '';

  constructor(
    readonly organizationId: string,
    readonly aggregateId: string,
    readonly payload: { readonly build_id: string; readonly project_id: string },
  ) {}
}

/** Work order to storage: of this build nothing is wanted any more but the object to keep. Not for subscribers. */
export class ArtifactsDiscarded implements IntegrationEvent {
  static readonly type = 'report.artifacts_discarded.v1';
  readonly type = ArtifactsDiscarded.type;

  constructor(
    readonly organizationId: string,
    readonly aggregateId: string,
    readonly payload: { readonly keep: string | null },
    /** Why: one order of each kind for a build. */
    readonly discriminator: 'superseded' | 'failed' | 'cancelled' | 'expired' | 'deleted',
  ) {}
}

/**
 * In the transaction that deletes data: nothing that was made of them is left. Reports that hold the imports expire, builds
 * that are reading them start again without them; with null, all builds of the project go.
 */
export class WithdrawBuilds extends Command<void> {
  constructor(
    readonly project: Pick<ProjectRef, 'organizationId' | 'projectId'>,
    readonly importIds: readonly string[] | null,
    readonly tx: Transaction,
  ) {
    super();
  }
}
