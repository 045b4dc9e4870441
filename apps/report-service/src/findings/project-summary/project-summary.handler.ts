import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetProjectSummary, type ProjectSummary } from '#contracts';
import { assessmentMetrics, assessmentStatuses, mergeMetrics } from '#domain';
import { Database } from '#platform';
import { isoUtc } from '../finding-columns.ts';
import { AssessmentRows } from '../assessment-rows.ts';
import { listCondition } from '../rows/list-condition.ts';
import { worstFindings } from '../rows/worst-findings.ts';
import { metricsView } from '../metrics-view.ts';
import { Parameters } from '../rows/row-query.ts';

const mostFindings = 10;

interface StatusRow {
  readonly status: string;
  readonly assessments: number;
  readonly last_activity_at: string | null;
}

@QueryHandler(GetProjectSummary)
export class ProjectSummaryHandler implements IQueryHandler<GetProjectSummary> {
  constructor(
    private readonly database: Database,
    private readonly assessments: AssessmentRows,
  ) {}

  async execute({ project, projectKey }: GetProjectSummary): Promise<ProjectSummary> {
    return this.database.snapshot(project.organizationId, async (snapshot) => {
      const rows = await this.assessments.readIn(snapshot, project);
      const statuses = await snapshot.query<StatusRow>(
        `select a.status, count(*)::int as assessments,
           ${isoUtc('max(greatest(a.started_at, a.completed_at))')} as last_activity_at
         from findings.assessment a where a.project_id = $1 group by a.status`,
        [project.projectId],
      );
      const parameters = new Parameters();
      const report = { view: 'report', includeAdversarial: false, filter: {} } as const;
      const worst = listCondition(project.projectId, report, parameters);
      const each = rows.map(assessmentMetrics);
      const merged = mergeMetrics(rows, await this.assessments.targetsIn(snapshot, project));
      const numberOf = (status: string): number => statuses.find((row) => row.status === status)?.assessments ?? 0;
      const times = statuses.map((row) => row.last_activity_at).filter((time) => time !== null);
      return {
        project_id: project.projectId,
        project_key: projectKey,
        project_name: project.name,
        last_activity_at: times.sort().at(-1) ?? null,
        total_assessments: statuses.reduce((sum, row) => sum + row.assessments, 0),
        assessments_by_status: Object.fromEntries(assessmentStatuses.map((status) => [status, numberOf(status)])),
        avg_risk_score: mean(each.flatMap(({ risk }) => (risk?.score ? [risk.score.value] : []))),
        // Assessments without a rate have nothing to average; they are not 0.
        avg_asr: mean(each.flatMap(({ asr }) => (asr ? [asr.value] : []))),
        total_attacks: merged.total,
        total_trials: merged.trials,
        top_findings: await worstFindings(snapshot, worst, parameters, mostFindings),
        metrics: metricsView(merged),
      };
    });
  }
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
