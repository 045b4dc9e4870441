import { Command, Query } from '@nestjs/cqrs';
import type { BuildStatus, ReportFormat } from '#domain';
import type { IntegrationEvent } from './integration-event.ts';
import type { ProjectRef } from './project-ref.ts';
import type { ReportRequest } from './templates.ts';

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
  readonly progress: { readonly stage: string | null; readonly percent: number };
}

/** Checks, plans and queues a report. Answers once the request is durable; depends on Postgres alone. */
export class BuildReport extends Command<{ readonly build: BuildView; readonly replayed: boolean }> {
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
