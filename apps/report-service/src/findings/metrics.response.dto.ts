import { ApiProperty } from '@nestjs/swagger';

/** Metrics over attack runs; docs/metrics.md has the formulae. */
export class MetricsResponse {
  /** 0 to 10, of the riskiest target; null when nothing could be assessed, so that nothing can be said. */
  risk_score!: number | null;
  @ApiProperty({ enum: ['low', 'moderate', 'high', 'critical'], type: String, nullable: true })
  risk_band!: string | null;
  /** Hits without a denominator are in the score: the true one may be higher. */
  risk_lower_bound!: boolean;
  /** succeeded ÷ (succeeded + resisted), 0 to 1; null when nothing could be assessed or only hits are known. */
  overall_asr!: number | null;
  /** 95 % Wilson interval. */
  asr_low!: number | null;
  asr_high!: number | null;
  total_attacks!: number;
  total_trials!: number;
  succeeded!: number;
  resisted!: number;
  not_assessed!: number;
  /** Runs of files without a denominator; part of no rate. */
  hits_only!: number;
  /** Succeeded and partial runs of each severity. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  severity_breakdown!: Readonly<Record<string, number>>;
}
