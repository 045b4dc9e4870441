import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { CampaignAnalytics } from '#contracts';
import { severities } from '#domain';

const float = { type: 'number' } as const;
const int = { type: 'integer' } as const;
const nullable = (type: 'string' | 'number' | 'integer'): { readonly type: typeof type; readonly nullable: true } => ({
  type,
  nullable: true,
});
const strings = { type: 'array', items: { type: 'string' } } as const;
const severity = { type: 'string', enum: [...severities] };

type Properties = Readonly<Record<string, object>>;
/** An object with exactly these members, all of them there. */
const exactly = (
  properties: Properties,
): { type: 'object'; required: string[]; properties: Record<string, never> } => ({
  type: 'object',
  required: Object.keys(properties),
  properties: properties as Record<string, never>,
});
const mapOf = (items: object): { type: 'object'; additionalProperties: Record<string, never> } => ({
  type: 'object',
  additionalProperties: items as Record<string, never>,
});
const forEachFramework = (schema: object): Properties =>
  Object.fromEntries(['owasp_llm', 'owasp_agentic', 'atlas', 'nist', 'saif'].map((name) => [name, schema]));

/** Rates are 0 to 1, and 0 when nothing was assessed. */
class AsrDimension {
  @ApiProperty({ example: 'attack' })
  dimension!: string;

  /** Name of the group to its numbers. */
  @ApiProperty(
    mapOf(
      exactly({
        total_attacks: int,
        successful_attacks: int,
        asr: float,
        best_score: float,
        min_score: float,
        total_trials: int,
        avg_trials_per_attack: float,
        avg_trials_to_success: nullable('number'),
        avg_execution_time_ms: float,
      }),
    ),
  )
  entries!: CampaignAnalytics['asr_by_attack']['entries'];
}

class CampaignAnalyticsResponse {
  @ApiProperty({ type: () => AsrDimension })
  asr_by_attack!: AsrDimension;

  @ApiProperty({ type: () => AsrDimension })
  asr_by_category!: AsrDimension;

  @ApiProperty({ type: () => AsrDimension })
  asr_by_transform!: AsrDimension;

  @ApiProperty({ type: () => AsrDimension })
  asr_by_goal!: AsrDimension;

  /** Succeeded and partial runs of each severity. */
  @ApiProperty(exactly(Object.fromEntries(severities.map((name) => [name, int]))))
  severity_breakdown!: CampaignAnalytics['severity_breakdown'];

  /** At most 20, worst first. Texts in it are hostile. */
  @ApiProperty({
    type: 'array',
    items: exactly({
      rank: int,
      severity: { ...severity, nullable: true },
      score: nullable('number'),
      attack_name: { type: 'string' },
      goal: nullable('string'),
      goal_category: nullable('string'),
      candidate: nullable('string'),
      response: nullable('string'),
      transforms_applied: strings,
      compliance_tags: mapOf(strings),
      secondary_scores: { type: 'object', additionalProperties: true },
      trial_number: nullable('integer'),
      execution_time_ms: nullable('number'),
      assessment_id: { type: 'string', format: 'uuid' },
      attack_run_id: { type: 'string', format: 'uuid' },
      trial_index: nullable('integer'),
      target_model: nullable('string'),
      attacker_model: nullable('string'),
      evaluator_model: nullable('string'),
    }),
  })
  top_findings!: CampaignAnalytics['top_findings'];

  /** Framework to item to what was found; every item is there, tested or not. */
  @ApiProperty(
    exactly(
      forEachFramework(
        mapOf(
          exactly({
            tested: { type: 'boolean' },
            attacks_used: strings,
            total_trials: int,
            asr: float,
            max_severity: { ...severity, nullable: true },
            top_finding: nullable('string'),
          }),
        ),
      ),
    ),
  )
  compliance_matrix!: CampaignAnalytics['compliance_matrix'];

  @ApiProperty(
    exactly(
      forEachFramework(
        exactly({ total_categories: int, tested_categories: int, coverage_pct: float, untested: strings }),
      ),
    ),
  )
  coverage_summary!: CampaignAnalytics['coverage_summary'];

  /** `total_failed` are trials that could not be assessed. Nothing is pruned here. */
  @ApiProperty(
    exactly({
      total_attacks: int,
      successful_attacks: int,
      overall_asr: float,
      total_trials: int,
      total_pruned: int,
      total_failed: int,
      pruning_rate: float,
      failure_rate: float,
      total_execution_time_s: float,
      avg_trial_time_ms: float,
    }),
  )
  execution_stats!: CampaignAnalytics['execution_stats'];

  @ApiProperty({
    type: 'array',
    items: exactly({
      severity,
      category: { type: 'string' },
      title: { type: 'string' },
      description: { type: 'string' },
      compliance_refs: strings,
      attack_vectors: strings,
    }),
  })
  recommendations!: CampaignAnalytics['recommendations'];

  /** 0 to 10. */
  @ApiProperty({ example: 6.1 })
  risk_score!: number;

  /** Transform to the difference of its rate and that of its baseline, −1 to 1; transforms without a baseline are left out. */
  @ApiProperty({ ...mapOf(float), example: { base64: 0.12 } })
  transform_lift!: CampaignAnalytics['transform_lift'];

  @ApiProperty({ example: 'baseline' })
  baseline_transform!: string;

  @ApiProperty({ type: Number, nullable: true, example: 0.2 })
  baseline_asr!: number | null;
}

@ApiExtraModels(CampaignAnalyticsResponse)
export class AnalyticsResponse {
  @ApiProperty({ format: 'uuid' })
  assessment_id!: string;

  /** 0 to 10. */
  @ApiProperty({ example: 6.1 })
  risk_score!: number;

  /** Succeeded of the assessed attack runs, 0 to 1; 0 when none was assessed. */
  @ApiProperty({ example: 0.4 })
  overall_asr!: number;

  @ApiProperty({ type: 'integer', example: 10 })
  total_attacks!: number;

  @ApiProperty({ type: 'integer', example: 24 })
  total_trials!: number;

  @ApiProperty({ allOf: [{ $ref: getSchemaPath(CampaignAnalyticsResponse) }] })
  analytics_snapshot!: CampaignAnalyticsResponse;
}
