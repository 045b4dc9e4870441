import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsPrintable, IsStorable } from './validation.ts';
import {
  type EvidenceLevel,
  evidenceLevels,
  type FindingType,
  findingTypes,
  type FrameworkKey,
  frameworkKeys,
  type PaperSize,
  paperSizes,
  type ReportFont,
  reportFonts,
  type ReportFormat,
  reportFormats,
  type SectionKey,
  sectionKeys,
  severities,
  type Severity,
} from '#domain';

/** A date, or a date and a time; ISO 8601 has other forms, which the database does not read. */
const dateBound = /^(?!0000)\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?)?$/;

/** Bound on a time, as in `2026-04-15` (its first moment) or `2026-04-15T12:00:00Z`. Without a zone it is UTC. */
export const IsDateBound = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => inUtc(value)),
    IsISO8601({ strict: true }),
    Matches(dateBound, { message: '$property must be a date, or a date and a time, as in 2026-04-15T12:00:00Z' }),
  );

/** The database would read a time without a zone in the zone of its session. */
function inUtc(value: unknown): unknown {
  if (typeof value !== 'string' || !dateBound.test(value) || /(Z|[+-]\d{2}:\d{2})$/.test(value.slice(10))) return value;
  return value.length === 10 ? `${value}T00:00:00Z` : `${value}Z`;
}

const imageId = /^[A-Za-z0-9._\-/]{1,256}$/;

/** Id of an uploaded PNG, as an upload answered it; whether there is one is asked later. */
export const IsImageId = (): PropertyDecorator =>
  applyDecorators(IsString(), Matches(imageId, { message: '$property must be the id of an uploaded PNG' }));

/** What the cover, header and footer say. Becomes components of the report, nothing else. */
export class Branding {
  /** Issuer of the report. */
  @IsOptional()
  @IsString()
  @MaxLength(120)
  @IsPrintable()
  @ApiPropertyOptional({ type: String, nullable: true, example: 'Example Assurance' })
  company_name?: string | null;

  /** Classification, printed in every footer. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @IsPrintable()
  @ApiPropertyOptional({ type: String, nullable: true, example: 'Confidential' })
  confidentiality_footer?: string | null;

  /** Id of an uploaded logo of the organization. */
  @IsOptional()
  @IsImageId()
  @ApiPropertyOptional({ type: String, nullable: true, pattern: imageId.source })
  logo_oid?: string | null;

  /** Title on the cover; "AI Red Team Report: {project}" by default. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @IsPrintable()
  @ApiPropertyOptional({ type: String, nullable: true, example: 'Q2 AI red team' })
  report_title?: string | null;
}

/** Narrows `findings` and `evidence`. Fields combine with AND, values of a field with OR; an empty list is no constraint. */
export class FindingsFilterRequest {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  @ApiPropertyOptional({ type: [String], format: 'uuid', nullable: true })
  assessment_ids?: string[] | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  @IsStorable({ each: true })
  @ApiPropertyOptional({ type: [String], nullable: true })
  attack_name?: string[] | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  @IsStorable({ each: true })
  @ApiPropertyOptional({ type: [String], nullable: true })
  category?: string[] | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(findingTypes, { each: true })
  @ApiPropertyOptional({ enum: findingTypes, isArray: true, nullable: true })
  finding_type?: FindingType[] | null;

  /** With a date bound: keep findings of assessments without a start time. */
  @IsOptional()
  @IsBoolean()
  @ApiPropertyOptional({ type: Boolean, default: false, nullable: true })
  include_undated_assessments?: boolean | null;

  /** Lowest best score, 0 to 1, inclusive. */
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 0, maximum: 1 })
  min_score?: number | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(severities, { each: true })
  @ApiPropertyOptional({ enum: severities, isArray: true, nullable: true })
  severity?: Severity[] | null;

  /** Inclusive bounds on the start of the assessment. */
  @IsOptional()
  @IsDateBound()
  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true })
  started_after?: string | null;

  @IsOptional()
  @IsDateBound()
  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true })
  started_before?: string | null;
}

export class ReportStyle {
  @IsOptional()
  @IsIn(reportFonts)
  @ApiPropertyOptional({ enum: reportFonts, default: 'Helvetica' })
  font?: ReportFont;

  /** Body size in points; every other size is a ratio of it. */
  @IsOptional()
  @IsInt()
  @Min(6)
  @Max(24)
  @ApiPropertyOptional({ type: 'integer', minimum: 6, maximum: 24, default: 11 })
  font_size?: number;

  /** Paper; an extension of ours. */
  @IsOptional()
  @IsIn(paperSizes)
  @ApiPropertyOptional({ enum: paperSizes, default: 'A4' })
  paper?: PaperSize;
}

/** A report in the words of its user: which sections, narrowed how, for whom. */
export class AirtPresetRequest {
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Branding)
  @ApiPropertyOptional({ type: () => Branding, nullable: true })
  branding?: Branding | null;

  /** Frameworks that the compliance section shows. */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(20)
  @IsIn(frameworkKeys, { each: true })
  @ApiPropertyOptional({ enum: frameworkKeys, isArray: true, default: [] })
  compliance_frameworks?: FrameworkKey[];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => FindingsFilterRequest)
  @ApiPropertyOptional({ type: () => FindingsFilterRequest, nullable: true })
  filters?: FindingsFilterRequest | null;

  /** One content in each: `pdf`; `html`, one file without script; `json`, of docs/report-json.schema.json; `csv`, a row a finding. */
  @IsOptional()
  @IsIn(reportFormats)
  @ApiPropertyOptional({ enum: reportFormats, default: 'pdf' })
  format?: ReportFormat;

  /** Adversarial-ML results too: evasion, degradation, robust. */
  @IsOptional()
  @IsBoolean()
  @ApiPropertyOptional({ type: Boolean, default: false })
  include_adversarial?: boolean;

  /** Sections in the order of the document. `executive_summary`, `asr_by_goal`, `evidence`, `methodology` are extensions. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(sectionKeys.length)
  @ArrayUnique()
  @IsIn(sectionKeys, { each: true })
  @ApiProperty({
    enum: sectionKeys,
    isArray: true,
    minItems: 1,
    uniqueItems: true,
    example: ['risk_score_metrics', 'findings'],
  })
  sections!: SectionKey[];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReportStyle)
  @ApiPropertyOptional({ type: () => ReportStyle })
  style?: ReportStyle;

  /** Who the copy is for: `full` the red team, `masked` the client, `none` the board. An extension of ours. */
  @IsOptional()
  @IsIn(evidenceLevels)
  @ApiPropertyOptional({ enum: evidenceLevels, default: 'full' })
  evidence?: EvidenceLevel;
}

/** Exactly one of `preset` and `template_id`. */
export class BuildRequest {
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AirtPresetRequest)
  @ApiPropertyOptional({ type: () => AirtPresetRequest, nullable: true })
  preset?: AirtPresetRequest | null;

  /** A stored template of the same project. */
  @IsOptional()
  @IsUUID()
  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  template_id?: string | null;
}
