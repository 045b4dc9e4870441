import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import {
  BuildReport,
  type BuildView,
  EmptySections,
  FindEmptySections,
  PlanReport,
  type ProjectRef,
  ReportBuildQueued,
  type ReportPlan,
  type ReportRequest,
  TakeWatermark,
} from '#contracts';
import { canonicalJson } from '#domain';
import { AuditTrail, Clock, CONFIG, type Config, Database, Outbox } from '#platform';
import { ReportBuild } from '../report-build.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';

@CommandHandler(BuildReport)
export class BuildReportHandler implements ICommandHandler<BuildReport> {
  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute({
    project,
    request,
    createdBy,
    idempotencyKey,
  }: BuildReport): Promise<{ build: BuildView; replayed: boolean }> {
    const key = idempotencyKey === undefined ? null : { key: idempotencyKey, requestHash: hashRequest(request) };
    const earlier = key && (await this.idempotency.find(project, key));
    if (earlier) return { build: earlier.view(), replayed: true };

    const plan = await this.queries.execute(new PlanReport(project, request));
    const watermark = await this.checkSections(project, plan);
    const build = ReportBuild.queue({
      project,
      plan,
      watermark,
      createdBy,
      at: this.clock.now(),
      deadlineSeconds: this.config.builds.deadlineSeconds,
    });
    return this.database.transaction(project.organizationId, async (tx) => {
      await tx.insert(ReportBuild, build);
      // The second of two callers waits here for the first, and then gives its answer.
      const first = key && (await this.idempotency.keep(tx, project, key, build));
      if (first) return { build: first.view(), replayed: true };
      await this.audit.record(tx, 'build.requested', project, build.id);
      await this.outbox.add(tx, new ReportBuildQueued(project.organizationId, build.id, { attempt: 0 }));
      return { build: build.view(), replayed: false };
    });
  }

  /** Emptiness and watermark come from one snapshot: what was counted is what the build will read. */
  private async checkSections(project: ProjectRef, plan: ReportPlan): Promise<readonly string[]> {
    return this.database.snapshot(project.organizationId, async (snapshot) => {
      const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
      const empty = await this.queries.execute(new FindEmptySections(project, plan, watermark, snapshot));
      if (empty.length > 0) throw new EmptySections(empty);
      return watermark;
    });
  }
}

const hashRequest = (request: ReportRequest): string =>
  createHash('sha256').update(canonicalJson(request)).digest('hex');
