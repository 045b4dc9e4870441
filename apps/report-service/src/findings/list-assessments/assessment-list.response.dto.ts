import { ApiProperty } from '@nestjs/swagger';
import { MetricsResponse } from '../metrics.response.dto.ts';

export class AssessmentResponse {
  id!: string;
  name!: string;
  status!: string;
  target_model!: string | null;
  attacker_model!: string | null;
  judge_model!: string | null;
  /** `hits_only`: the file holds successes alone, so there is no rate. */
  @ApiProperty({ enum: ['full', 'hits_only'] })
  coverage!: string;
  /** What header or summary rows of the file claim; never mixed into `metrics`. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  source_reported!: unknown;
  started_at!: string | null;
  completed_at!: string | null;
  metrics!: MetricsResponse;
}

export class AssessmentListResponse {
  assessments!: AssessmentResponse[];
}
