import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { type EmptySection, FindEmptySections, PlanReport, PreflightReport, TakeWatermark } from '#contracts';
import { Database } from '#platform';

@QueryHandler(PreflightReport)
export class PreflightReportHandler implements IQueryHandler<PreflightReport> {
  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
  ) {}

  async execute({ project, request }: PreflightReport): Promise<readonly EmptySection[]> {
    const plan = await this.queries.execute(new PlanReport(project, request));
    return this.database.snapshot(project.organizationId, async (snapshot) => {
      const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
      return this.queries.execute(new FindEmptySections(project, plan, watermark, snapshot));
    });
  }
}
