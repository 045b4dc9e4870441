import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { AppError, FindingsFilterRequest, IsDateBound, IsStorable, type Triage } from '#contracts';
import {
  type FindingStatus,
  findingStatuses,
  type FindingType,
  findingTypes,
  severities,
  type Severity,
} from '#domain';

/** What a person says. A field left out stays; null takes back what a person said before. */
export class TriageRequest {
  /** null is `open`. */
  @IsOptional()
  @IsIn(findingStatuses)
  @ApiPropertyOptional({ enum: findingStatuses, type: String, nullable: true, example: 'accepted_risk' })
  finding_status?: FindingStatus | null;

  /** What to call the finding; the measured outcome and the rates stay. null: as it was found. */
  @IsOptional()
  @IsIn(findingTypes)
  @ApiPropertyOptional({ enum: findingTypes, type: String, nullable: true, example: 'jailbreak' })
  finding_type?: FindingType | null;

  /** A severity that no policy and no later import changes. null: by docs/severity.md again. */
  @IsOptional()
  @IsIn(severities)
  @ApiPropertyOptional({ enum: severities, type: String, nullable: true, example: 'high' })
  severity?: Severity | null;

  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  @IsStorable()
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 10_000, example: 'Confirmed by hand.' })
  notes?: string | null;
}

/** The filter of reports and what the list of findings takes beside it. */
export class TriageFilter extends FindingsFilterRequest {
  @IsOptional()
  @ArrayMaxSize(20)
  @IsIn(findingStatuses, { each: true })
  @ApiPropertyOptional({ enum: findingStatuses, isArray: true, nullable: true })
  finding_status?: FindingStatus[] | null;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsStorable()
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500, example: 'refund' })
  search?: string | null;

  @IsOptional()
  @IsDateBound()
  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true })
  created_after?: string | null;

  @IsOptional()
  @IsDateBound()
  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true })
  created_before?: string | null;
}

/** Exactly one of `ids` and `filter`, and what to say of those findings. */
export class TriageManyRequest extends TriageRequest {
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  @ApiPropertyOptional({ type: [String], format: 'uuid', minItems: 1, maxItems: 500 })
  ids?: string[];

  /** All findings that the list shows with this filter; `{}` is every finding of the project. */
  @IsOptional()
  @ValidateNested()
  @Type(() => TriageFilter)
  @ApiPropertyOptional({ type: () => TriageFilter, example: { attack_name: ['crescendo'], finding_type: ['partial'] } })
  filter?: TriageFilter;
}

export class TriageResponse {
  @ApiProperty({ type: 'integer', example: 12 })
  updated!: number;

  /** Findings that were so already. */
  @ApiProperty({ type: 'integer', example: 3 })
  unchanged!: number;

  /** Ids that name no finding of the project. */
  @ApiProperty({ type: [String], example: [] })
  not_found!: readonly string[];
}

/** Throws `invalid` when nothing is said. */
export function triageOf({ finding_status, finding_type, severity, notes }: TriageRequest): Triage {
  const said = { finding_status, finding_type, severity, notes };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    const msg = 'one of finding_status, finding_type, severity and notes must be given';
    throw new AppError('invalid', { errors: [{ loc: ['body'], msg, type: 'missing' }] });
  }
  return Object.fromEntries(given);
}
