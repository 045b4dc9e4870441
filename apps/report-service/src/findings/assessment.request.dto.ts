import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, IsUUID, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { AppError, type AssessmentFields, IsDateBound, IsStorable } from '#contracts';
import { assessmentStatuses, type AssessmentStatus, policyFaults, type SeverityPolicy, storedLimits } from '#domain';

const name = (example: string): PropertyDecorator =>
  ApiPropertyOptional({ type: String, nullable: true, maxLength: 500, example });
const object = { type: 'object', additionalProperties: true, nullable: true } as const;

const given = (_: object, value: unknown): boolean => value !== undefined;

/** Fields of an assessment that may change. */
export class UpdateAssessmentRequest {
  @ValidateIf((request: UpdateAssessmentRequest) => given(request, request.name))
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  @IsStorable()
  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: 500, example: 'Spring campaign' })
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(5_000)
  @IsStorable()
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 5_000,
    example: 'Weekly run against the shop assistant',
  })
  description?: string | null;

  /** Reports count completed assessments alone. */
  @ValidateIf((request: UpdateAssessmentRequest) => given(request, request.status))
  @IsIn(assessmentStatuses)
  @ApiPropertyOptional({ enum: assessmentStatuses })
  status?: AssessmentStatus;

  /**
   * How severities follow from scores: `thresholds` (five lower bounds, descending), `matrix` (category to five severities,
   * highest band first), `default_row` (for the other categories). null takes it away. Severities that no person set follow.
   */
  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({
    ...object,
    example: {
      thresholds: [0.95, 0.8, 0.6, 0.4, 0],
      matrix: { tool_misuse: ['critical', 'critical', 'high', 'high', 'low'] },
    },
  })
  severity_policy?: SeverityPolicy | null;
}

export class CreateAssessmentRequest extends UpdateAssessmentRequest {
  // A condition is inherited with the field: here it always holds.
  @ValidateIf(() => true)
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  @IsStorable()
  @ApiProperty({ type: String, minLength: 1, maxLength: 500, example: 'Spring campaign' })
  declare name: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsStorable()
  @name('shop-bot 2')
  target_model?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsStorable()
  @name('attacker-large')
  attacker_model?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsStorable()
  @name('judge-large')
  judge_model?: string | null;

  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({ ...object, example: { temperature: 0 } })
  target_config?: object | null;

  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({ ...object, example: {} })
  attacker_config?: object | null;

  /** An object or a list. */
  @IsOptional()
  @ApiPropertyOptional({
    nullable: true,
    example: { attacks: ['crescendo'] },
    oneOf: [
      { type: 'object', additionalProperties: true },
      { type: 'array', items: {} },
    ],
  })
  attack_manifest?: unknown;

  @IsOptional()
  @IsUUID()
  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  runtime_id?: string | null;

  @IsOptional()
  @IsUUID()
  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  session_id?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsStorable()
  @name('run-42')
  workflow_run_id?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(100_000)
  @IsStorable()
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 100_000, example: 'attack(goal).run()' })
  workflow_script?: string | null;

  /** When the campaign began; date filters go by it. */
  @IsOptional()
  @IsDateBound()
  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true, example: '2026-04-15T12:00:00Z' })
  started_at?: string | null;

  @IsOptional()
  @IsDateBound()
  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true, example: '2026-04-15T13:00:00Z' })
  completed_at?: string | null;
}

/** Throws `invalid` for a policy or manifest that is none, and for text in them that the database cannot hold. */
export function assessmentFields<Body extends UpdateAssessmentRequest>(
  body: Body,
): AssessmentFields & Pick<Body, 'name'> {
  const { severity_policy: policy } = body;
  const faults = policy === null || policy === undefined ? [] : policyFaults(policy);
  const errors = faults.map(({ loc, msg }) => ({
    loc: ['body', 'severity_policy', ...loc],
    msg: `${loc.at(0) ?? 'severity_policy'} ${msg}`,
    type: 'severity_policy',
  }));
  for (const field of ['target_config', 'attacker_config', 'attack_manifest', 'severity_policy'] as const) {
    const value: unknown = (body as CreateAssessmentRequest)[field];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'object')
      errors.push({ loc: ['body', field], msg: `${field} must be an object or a list`, type: 'type' });
    else if (JSON.stringify(value).length > storedLimits.json) {
      const msg = `${field} must not be longer than ${storedLimits.json} characters`;
      errors.push({ loc: ['body', field], msg, type: 'too_long' });
    } else if (/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value))) {
      errors.push({ loc: ['body', field], msg: `${field} must not hold NUL or lone surrogates`, type: 'text' });
    }
  }
  if (errors.length > 0) throw new AppError('invalid', { errors: errors.slice(0, 50) });
  return Object.assign({}, body);
}
