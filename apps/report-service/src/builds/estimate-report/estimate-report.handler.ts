import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { EstimateReport, outlineOf, type ReportEstimate, StreamRows } from '#contracts';
import type { FindingRow } from '#domain';
import { estimatePages } from '#rendering';
import { type MeasuredBuild, meanCharacters, pace } from './estimate.ts';

/** As many past builds as say what is usual now. */
const sampledBuilds = 25;

@QueryHandler(EstimateReport)
export class EstimateReportHandler implements IQueryHandler<EstimateReport> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ project, plan, rows, request, snapshot }: EstimateReport): Promise<ReportEstimate> {
    const past = await snapshot.query<MeasuredBuild>(
      `select finding_count as findings, build_ms as ms from builds.report_build
       where organization_id = $1 and format = $2 and build_ms is not null order by completed_at desc limit ${sampledBuilds}`,
      [project.organizationId, plan.format],
    );
    const findings = await this.queries.execute<StreamRows<'findings'>, AsyncIterable<readonly FindingRow[]>>(
      new StreamRows(project, 'findings', request, snapshot),
    );
    const { pages, seconds } = estimatePages({
      outline: outlineOf(plan),
      style: plan.style,
      evidence: plan.evidence,
      frameworks: plan.compliance_frameworks,
      rows,
      characters_per_finding: meanCharacters(await firstBatch(findings)),
    });
    const known = pace(past);
    return {
      findings: rows.findings ?? 0,
      pages,
      seconds: Math.round(seconds * (known ?? 1) * 10) / 10,
      basis: known === null ? 'typical' : 'measured',
    };
  }
}

/** Some of the worst: enough to know how long the texts are. */
async function firstBatch(findings: AsyncIterable<readonly FindingRow[]>): Promise<readonly FindingRow[]> {
  for await (const batch of findings) return batch;
  return [];
}
