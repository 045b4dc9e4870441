import { randomUUID } from 'node:crypto';
import { EntitySchema } from 'typeorm/entity-schema/EntitySchema.js';
import type { BuildView, ProjectRef, ReportPlan } from '#contracts';
import type { BuildStatus, ReportFormat } from '#domain';

/**
 * The state machine of a build. `in_progress → queued` is a lease that was lost or an attempt that failed with attempts
 * left; `completed → expired` is retention, or an object that somebody removed. Nothing else leaves a terminal state: a retry
 * is a new build. BuildLedger, which alone writes a status, takes no other edge, and the database refuses it (migration 0003).
 */
export const buildTransitions = {
  queued: ['in_progress', 'failed', 'cancelled'],
  in_progress: ['queued', 'completed', 'failed', 'cancelled'],
  completed: ['expired'],
  failed: [],
  cancelled: [],
  expired: [],
} as const satisfies Readonly<Record<BuildStatus, readonly BuildStatus[]>>;

/** A build job. Made by `queue`, dated by BuildLedger; after that its row changes only by the fenced transitions there. */
export class ReportBuild {
  id!: string;
  organizationId!: string;
  workspaceId!: string;
  projectId!: string;
  status!: BuildStatus;
  plan!: ReportPlan;
  /** Imports whose rows it may read. */
  watermark!: string[];
  templateId!: string | null;
  format!: ReportFormat;
  retryOf!: string | null;
  createdBy!: string | null;
  createdAt!: Date;
  startedAt!: Date | null;
  completedAt!: Date | null;
  deadlineAt!: Date;
  nextAttemptAt!: Date;
  attempt!: number;
  leaseToken!: string | null;
  progressStage!: string | null;
  progressPercent!: number;
  objectKey!: string | null;
  fileSizeBytes!: string | number;
  sha256!: string | null;
  errorCode!: string | null;
  errorMessage!: string | null;
  /** Findings that it printed, and milliseconds from claim to completion; null until completed. */
  findingCount!: number | null;
  buildMs!: number | null;

  private constructor() {
    // TypeORM makes instances without arguments; everybody else calls `queue`.
  }

  static queue(request: {
    project: ProjectRef;
    plan: ReportPlan;
    watermark: readonly string[];
    createdBy: string;
    retryOf?: string;
  }): ReportBuild {
    return Object.assign(new ReportBuild(), {
      id: randomUUID(),
      organizationId: request.project.organizationId,
      workspaceId: request.project.workspaceId,
      projectId: request.project.projectId,
      status: 'queued' as const,
      plan: request.plan,
      watermark: [...request.watermark],
      templateId: request.plan.template_id,
      format: request.plan.format,
      retryOf: request.retryOf ?? null,
      createdBy: request.createdBy,
      startedAt: null,
      completedAt: null,
      attempt: 0,
      leaseToken: null,
      progressStage: null,
      progressPercent: 0,
      objectKey: null,
      fileSizeBytes: 0,
      sha256: null,
      errorCode: null,
      errorMessage: null,
      findingCount: null,
      buildMs: null,
    });
  }

  /** A new build of what this one was to build: the frozen plan, on the same imports. Terminal stays final. */
  again(by: { createdBy: string; project: ProjectRef }): ReportBuild {
    return ReportBuild.queue({ ...by, plan: this.plan, watermark: this.watermark, retryOf: this.id });
  }

  get ended(): boolean {
    return this.status !== 'queued' && this.status !== 'in_progress';
  }

  get downloadName(): string {
    return `airt-report-${this.id.slice(0, 8)}.${this.format}`;
  }

  /** The build as the API shows it: the link while there is something to fetch, the place while it waits. */
  view(link: { url: string; expiresAt: Date } | null = null, queuePosition: number | null = null): BuildView {
    return {
      job_id: this.id,
      status: this.status,
      created_at: this.createdAt,
      started_at: this.startedAt,
      completed_at: this.completedAt,
      presigned_url: link?.url ?? null,
      url_expires_at: link?.expiresAt ?? null,
      file_size_bytes: Number(this.fileSizeBytes),
      error_message: this.errorMessage,
      project_id: this.projectId,
      template_id: this.templateId,
      format: this.format,
      retry_of: this.retryOf,
      sha256: this.sha256,
      progress: { stage: this.progressStage, percent: this.progressPercent, queue_position: queuePosition },
    };
  }
}

/** The class itself is stored: no second persistence model, no mapper (ADR 0004). */
export const reportBuildSchema = new EntitySchema<ReportBuild>({
  name: 'ReportBuild',
  // The constructor is private to callers; TypeORM makes instances by the prototype.
  target: ReportBuild,
  schema: 'builds',
  tableName: 'report_build',
  columns: {
    id: { type: 'uuid', primary: true },
    organizationId: { type: 'uuid', name: 'organization_id' },
    workspaceId: { type: 'uuid', name: 'workspace_id' },
    projectId: { type: 'uuid', name: 'project_id' },
    status: { type: 'text' },
    plan: { type: 'jsonb' },
    watermark: { type: 'uuid', array: true },
    templateId: { type: 'uuid', name: 'template_id', nullable: true },
    format: { type: 'text' },
    retryOf: { type: 'uuid', name: 'retry_of', nullable: true },
    createdBy: { type: 'uuid', name: 'created_by', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    startedAt: { type: 'timestamptz', name: 'started_at', nullable: true },
    completedAt: { type: 'timestamptz', name: 'completed_at', nullable: true },
    deadlineAt: { type: 'timestamptz', name: 'deadline_at' },
    nextAttemptAt: { type: 'timestamptz', name: 'next_attempt_at' },
    attempt: { type: 'int' },
    leaseToken: { type: 'uuid', name: 'lease_token', nullable: true },
    progressStage: { type: 'text', name: 'progress_stage', nullable: true },
    progressPercent: { type: 'smallint', name: 'progress_percent' },
    objectKey: { type: 'text', name: 'object_key', nullable: true },
    fileSizeBytes: { type: 'bigint', name: 'file_size_bytes' },
    sha256: { type: 'text', nullable: true },
    errorCode: { type: 'text', name: 'error_code', nullable: true },
    errorMessage: { type: 'text', name: 'error_message', nullable: true },
    findingCount: { type: 'int', name: 'finding_count', nullable: true },
    buildMs: { type: 'int', name: 'build_ms', nullable: true },
  },
});
