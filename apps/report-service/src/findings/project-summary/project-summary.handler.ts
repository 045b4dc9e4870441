import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetProjectSummary, type ProjectSummary } from '#contracts';
import { mergeMetrics } from '#domain';
import { AssessmentRows } from '../list-assessments/assessment-rows.ts';
import { metricsView } from '../metrics-view.ts';

@QueryHandler(GetProjectSummary)
export class ProjectSummaryHandler implements IQueryHandler<GetProjectSummary> {
  constructor(private readonly assessments: AssessmentRows) {}

  async execute({ project, projectKey }: GetProjectSummary): Promise<ProjectSummary> {
    const rows = await this.assessments.read(project);
    const each = rows.map((row) => mergeMetrics([row]));
    const merged = mergeMetrics(rows);
    const times = rows.flatMap((row) => [row.completed_at, row.started_at]).filter((time) => time !== null);
    return {
      project_id: project.projectId,
      project_key: projectKey,
      project_name: project.name,
      last_activity_at: times.sort().at(-1) ?? null,
      total_assessments: rows.length,
      assessments_by_status: { completed: rows.length },
      avg_risk_score: mean(each.map(({ risk }) => risk.value)),
      // Assessments without a rate have nothing to average; they are not 0.
      avg_asr: mean(each.flatMap(({ asr }) => (asr ? [asr.value] : []))),
      total_attacks: merged.total,
      total_trials: merged.trials,
      metrics: metricsView(merged),
    };
  }
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
