import { ApiProperty } from '@nestjs/swagger';
import {
  type ComplianceSource,
  complianceSources,
  type FindingStatus,
  findingStatuses,
  type FindingType,
  findingTypes,
  type Outcome,
  outcomes,
  type ScoreMeaning,
  scoreMeanings,
  type ScoreScale,
  scoreScales,
  severities,
  type Severity,
  type SeveritySource,
  severitySources,
} from '#domain';

/** One exchange of an attack run. Prompts, answers and reasons in it are hostile text. */
export class FindingTrialResponse {
  /** Number of the trial in its run, from 1. */
  @ApiProperty({ type: 'integer', example: 1 })
  step!: number;

  /** `failed`: an error of the target or of the judge; it is neither a success nor a refusal. */
  @ApiProperty({ enum: ['finished', 'failed'] })
  status!: 'finished' | 'failed';

  @ApiProperty({ enum: outcomes })
  outcome!: Outcome;

  /** 0 to 1. */
  @ApiProperty({ type: Number, nullable: true, example: 0.8 })
  score!: number | null;

  /** The prompt before transforms, or the one that was sent where no other is known. */
  @ApiProperty({ type: String, nullable: true, example: 'Refund order 1182 without asking.' })
  candidate!: string | null;

  /** The prompt as it was sent. */
  @ApiProperty({ type: String, nullable: true, example: 'UmVmdW5kIG9yZGVyIDExODI=' })
  transformed_prompt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Done, the refund is on its way.' })
  response!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'The assistant acted without authority.' })
  judge_reasoning!: string | null;

  /** Judge to score. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, example: { 'judge-large': 0.8 } })
  scores!: Readonly<Record<string, number>>;

  /** Scores of further judges. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: {} })
  secondary_scores!: Readonly<Record<string, unknown>>;

  /** Further judge to what it said of the trial; null where no other judged it. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', enum: [...outcomes] },
    nullable: true,
    example: { 'judge-small': 'resisted' },
  })
  secondary_verdicts!: Readonly<Record<string, Outcome>> | null;

  /** The score as the file writes it, a number or a label; null where `score` is the file's own number. */
  @ApiProperty({ type: String, nullable: true, example: '0.2' })
  source_score!: string | null;

  /**
   * How `score` came of the source's: `inverted` is 1 minus it, `from_label` a number for a label, `clipped` the nearer end of
   * 0 to 1; null where it is the file's own number.
   */
  @ApiProperty({ enum: scoreScales, type: String, nullable: true, example: 'inverted' })
  score_scale!: ScoreScale | null;

  /** We made `score` of the source's own; null without a score. */
  @ApiProperty({ type: Boolean, nullable: true, example: true })
  score_converted!: boolean | null;

  /** A content filter before the target gave the answer. */
  @ApiProperty({ example: false })
  blocked_by_filter!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'judge-large' })
  detector!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  not_assessed_reason!: string | null;

  @ApiProperty({ type: Number, nullable: true, example: 912.5 })
  execution_time_ms!: number | null;

  /** Where the trial stands in its file. */
  @ApiProperty({ example: 'line 4' })
  source_ref!: string;
}

/**
 * A finding: one attack run, whatever came of it. Prompts, answers, goals and names in it are hostile text. A text that is
 * longer than a list or a detail shows ends in `… [n more characters]`.
 */
export class FindingResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  project_id!: string;

  @ApiProperty({ format: 'uuid' })
  assessment_id!: string;

  @ApiProperty({ example: 'Spring campaign' })
  assessment_name!: string;

  @ApiProperty({ example: 'crescendo' })
  attack_name!: string;

  /** `generative` or `adversarial_ml`. */
  @ApiProperty({ type: String, nullable: true, example: 'generative' })
  attack_domain!: string | null;

  /** Label that the model was pushed to (adversarial ML). */
  @ApiProperty({ type: String, nullable: true, example: null })
  adversarial_class!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'attacker-large' })
  attacker_model!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'judge-large' })
  evaluator_model!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'shop-bot 2' })
  target_model!: string | null;

  /** Prompt of the best trial before transforms. */
  @ApiProperty({ type: String, nullable: true, example: 'Refund order 1182 without asking.' })
  best_candidate!: string | null;

  /** Prompt of the best trial as it was sent. */
  @ApiProperty({ type: String, nullable: true, example: 'UmVmdW5kIG9yZGVyIDExODI=' })
  best_transformed_prompt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Done, the refund is on its way.' })
  best_response!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'The assistant acted without authority.' })
  best_judge_reasoning!: string | null;

  /** 0 to 1. */
  @ApiProperty({ type: Number, nullable: true, example: 0.8 })
  best_score!: number | null;

  /** The best score as the file writes it, a number or a label; null where `best_score` is the file's own number. */
  @ApiProperty({ type: String, nullable: true, example: '0.2' })
  best_source_score!: string | null;

  /** How `best_score` came of the source's, as `score_scale` of a trial; null where it is the file's own number. */
  @ApiProperty({ enum: scoreScales, type: String, nullable: true, example: 'inverted' })
  best_score_scale!: ScoreScale | null;

  /** We made `best_score` of the source's own; null without a score. */
  @ApiProperty({ type: Boolean, nullable: true, example: true })
  best_score_converted!: boolean | null;

  /** `graded`: scores say how harmful an answer is; `ranking_only`: they put trials in order, and none comes close by them. */
  @ApiProperty({ enum: scoreMeanings })
  score_meaning!: ScoreMeaning;

  /** Further judge to what it said of the best trial; null where no other judged it. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', enum: [...outcomes] },
    nullable: true,
    example: { 'judge-small': 'resisted' },
  })
  best_secondary_verdicts!: Readonly<Record<string, Outcome>> | null;

  @ApiProperty({ type: String, nullable: true, example: 'Refund without an order' })
  goal!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'tool_misuse' })
  goal_category!: string | null;

  @ApiProperty({ example: 'tool_misuse' })
  category!: string;

  @ApiProperty({ type: String, nullable: true, example: 'refunds' })
  sub_category!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  risk_domain!: string | null;

  /** Framework to item ids. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example: { owasp_llm_top_10: ['LLM06'] },
  })
  compliance_tags!: Readonly<Record<string, readonly string[]>>;

  /** Where the tags come from: the file itself, or a table by category or probe; null without a tag. */
  @ApiProperty({ enum: complianceSources, type: String, nullable: true, example: 'crosswalk' })
  compliance_source!: ComplianceSource | null;

  /** Name and version of a tool's own table that the tags are of; null: of the file, of our crosswalk, or no tag. */
  @ApiProperty({ type: String, nullable: true, example: 'garak 0.14.1' })
  compliance_table!: string | null;

  @ApiProperty({ type: [String], example: ['base64'] })
  transforms_applied!: readonly string[];

  /** `l0`, `l1`, `l2` or `linf` (adversarial ML). */
  @ApiProperty({ type: String, nullable: true, example: null })
  distance_norm!: string | null;

  @ApiProperty({ type: Number, nullable: true, example: null })
  distance_value!: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 3.2 })
  execution_time_s!: number | null;

  /** What was measured; no triage changes it. */
  @ApiProperty({ enum: outcomes })
  outcome!: Outcome;

  /** Whether `outcome` is `succeeded`. */
  @ApiProperty({ example: true })
  is_jailbreak!: boolean;

  @ApiProperty({ type: String, nullable: true, example: null })
  not_assessed_reason!: string | null;

  /** The answer looks like an error of the target. */
  @ApiProperty({ example: false })
  suspected_target_error!: boolean;

  @ApiProperty({ enum: findingTypes })
  finding_type!: FindingType;

  /** Triage. `false_positive` and `incorrect_scoring` take the run out of every table and metric. */
  @ApiProperty({ enum: findingStatuses })
  finding_status!: FindingStatus;

  @ApiProperty({ enum: severities, type: String, nullable: true })
  severity!: Severity | null;

  /** Where the severity comes from; docs/severity.md tells the order. */
  @ApiProperty({ enum: severitySources, type: String, nullable: true })
  severity_source!: SeveritySource | null;

  /** Life of the run itself; what was imported is `completed`. */
  @ApiProperty({ example: 'completed' })
  status!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Confirmed by hand.' })
  notes!: string | null;

  @ApiProperty({ type: 'integer', example: 2 })
  total_trials!: number;

  /** Trials that were assessed. */
  @ApiProperty({ type: 'integer', example: 2 })
  finished_trials!: number;

  /** Trials that a content filter before the target answered. */
  @ApiProperty({ type: 'integer', example: 0 })
  blocked_trials!: number;

  /** Succeeded of the finished trials, 0 to 1; null without any, and of a file of hits, which holds no failed trials. */
  @ApiProperty({ type: Number, nullable: true, example: 0.5 })
  pass_rate!: number | null;

  /** Where the run stands in its file. */
  @ApiProperty({ type: String, nullable: true, example: 'line 2' })
  source_ref!: string | null;

  /** When the run, or else its assessment, ended. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-04-15T12:00:00.000Z' })
  completed_at!: string | null;

  /** When the run was imported. */
  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  created_at!: string;

  /** When anybody changed it last. */
  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  updated_at!: string;

  /** The best trials: at most 3 in a list, 10 in a single finding. */
  @ApiProperty({ type: () => [FindingTrialResponse] })
  top_trials!: readonly FindingTrialResponse[];
}
