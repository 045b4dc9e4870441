import { ApiProperty } from '@nestjs/swagger';
import { assessmentStatuses, coverages } from '#domain';
import { PageResponse } from '#platform';
import { MetricsResponse } from './metrics.response.dto.ts';

const anyObject = { type: 'object', additionalProperties: true, nullable: true, example: null } as const;

/** One campaign of a red-team tool against one target; runs accumulate in it over time. */
export class AssessmentResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  project_id!: string;

  @ApiProperty({ example: 'Spring campaign' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Weekly run against the shop assistant' })
  description!: string | null;

  /** Reports count completed assessments alone. */
  @ApiProperty({ enum: assessmentStatuses })
  status!: string;

  @ApiProperty({ type: String, nullable: true, example: 'shop-bot 2' })
  target_model!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'attacker-large' })
  attacker_model!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'judge-large' })
  judge_model!: string | null;

  /** As all JSON here null in a list where it is longer than 16,384 characters; the single assessment has it. */
  @ApiProperty(anyObject)
  target_config!: unknown;

  @ApiProperty(anyObject)
  attacker_config!: unknown;

  /** An object or a list. */
  @ApiProperty({
    nullable: true,
    example: null,
    oneOf: [
      { type: 'object', additionalProperties: true },
      { type: 'array', items: {} },
    ],
  })
  attack_manifest!: unknown;

  /** `thresholds`, `matrix`, `default_row`; docs/severity.md tells how it is applied. */
  @ApiProperty({ ...anyObject, example: { thresholds: [0.95, 0.8, 0.6, 0.4, 0] } })
  severity_policy!: unknown;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: null })
  runtime_id!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: null })
  session_id!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  workflow_run_id!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  workflow_script!: string | null;

  /** `hits_only`: the files hold successes alone, so there is no rate. Null while nothing was imported. */
  @ApiProperty({ enum: coverages, type: String, nullable: true })
  coverage!: string | null;

  /** What header or summary rows of the file claim; never mixed into `metrics`. */
  @ApiProperty(anyObject)
  source_reported!: unknown;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-04-15T12:00:00.000Z' })
  started_at!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-04-15T13:00:00.000Z' })
  completed_at!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  updated_at!: string;

  metrics!: MetricsResponse;
}

export class AssessmentListResponse extends PageResponse {
  @ApiProperty({ type: () => [AssessmentResponse] })
  assessments!: AssessmentResponse[];
}
