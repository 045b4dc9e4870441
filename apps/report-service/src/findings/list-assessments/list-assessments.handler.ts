import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type AssessmentView, ListAssessments } from '#contracts';
import { mergeMetrics } from '#domain';
import { metricsView } from '../metrics-view.ts';
import { AssessmentRows } from './assessment-rows.ts';

@QueryHandler(ListAssessments)
export class ListAssessmentsHandler implements IQueryHandler<ListAssessments> {
  constructor(private readonly assessments: AssessmentRows) {}

  async execute({ project }: ListAssessments): Promise<readonly AssessmentView[]> {
    const rows = await this.assessments.read(project);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      status: 'completed',
      target_model: row.target_model,
      attacker_model: row.attacker_model,
      judge_model: row.judge_model,
      coverage: row.coverage,
      source_reported:
        row.sources.map(({ source_reported }) => source_reported).find((claim) => claim !== null) ?? null,
      started_at: row.started_at,
      completed_at: row.completed_at,
      metrics: metricsView(mergeMetrics([row])),
    }));
  }
}
