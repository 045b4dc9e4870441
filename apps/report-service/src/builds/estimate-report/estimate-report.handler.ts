import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { EstimateReport, type ReportEstimate } from '#contracts';
import { estimateMs, estimatePages, type MeasuredBuild } from './estimate.ts';

/** As many past builds as say what is usual now. */
const looked = 25;

@QueryHandler(EstimateReport)
export class EstimateReportHandler implements IQueryHandler<EstimateReport> {
  async execute({ project, plan, findings, snapshot }: EstimateReport): Promise<ReportEstimate> {
    const past = await snapshot.query<MeasuredBuild>(
      `select finding_count as findings, build_ms as ms from builds.report_build
       where organization_id = $1 and build_ms is not null order by completed_at desc limit ${looked}`,
      [project.organizationId],
    );
    const { ms, measured } = estimateMs(findings, past);
    return {
      findings,
      pages: estimatePages(plan, findings),
      seconds: Math.round(ms / 100) / 10,
      basis: measured ? 'measured' : 'typical',
    };
  }
}
