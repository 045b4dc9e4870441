import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import {
  type AcceptedBuild,
  BuildReport,
  EmptySections,
  FindEmptySections,
  PlanReport,
  type ProjectRef,
  type ReportPlan,
  TakeWatermark,
} from '#contracts';
import { Database } from '#platform';
import { BuildAcceptance } from '../build-acceptance.ts';
import { idempotent } from '../idempotency-keys.ts';
import { ReportBuild } from '../report-build.ts';

@CommandHandler(BuildReport)
export class BuildReportHandler implements ICommandHandler<BuildReport> {
  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
    private readonly acceptance: BuildAcceptance,
  ) {}

  async execute({ project, request, createdBy, idempotencyKey }: BuildReport): Promise<AcceptedBuild> {
    const key = idempotent(idempotencyKey, 'build_report', request);
    const earlier = await this.acceptance.earlier(project, key);
    if (earlier) return earlier;

    const plan = await this.queries.execute(new PlanReport(project, request));
    const watermark = await this.checkSections(project, plan);
    const build = ReportBuild.queue({
      project,
      plan,
      watermark,
      createdBy,
    });
    return this.acceptance.accept(project, build, key);
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
