import { ApiProperty } from '@nestjs/swagger';
import { FindingResponse } from '#contracts';
import { MetricsResponse } from '../metrics.response.dto.ts';

export class ProjectSummaryResponse {
  project_id!: string;
  project_key!: string;
  project_name!: string;
  last_activity_at!: string | null;
  total_assessments!: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  assessments_by_status!: Readonly<Record<string, number>>;
  /** Mean over assessments that have a score, as documented; `metrics.risk_score` is that of the riskiest target. */
  avg_risk_score!: number | null;
  /** Mean over assessments that have a rate, as documented; `metrics.overall_asr` merges counts instead. */
  avg_asr!: number | null;
  total_attacks!: number;
  total_trials!: number;
  /** Worst first, at most ten: what a report without a filter shows first. */
  @ApiProperty({ type: () => [FindingResponse] })
  top_findings!: readonly FindingResponse[];
  metrics!: MetricsResponse;
}
