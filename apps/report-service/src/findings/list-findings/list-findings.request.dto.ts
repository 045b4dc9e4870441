import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type FindingType, findingTypes, severities, type Severity } from '#domain';
import { IsDateBound } from '#contracts';
import { PageQuery } from '#platform';

/** A comma-separated query parameter, or one given several times. */
const List = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }): unknown[] =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap<unknown>((part) =>
      typeof part === 'string' ? part.split(',').filter((text) => text !== '') : [part],
    ),
  );

const Flag = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

const printable = { each: true, message: 'each value of $property must not hold NUL or lone surrogates' };

export class ListFindingsQuery extends PageQuery {
  /** `report`: exactly the rows that a report with this filter shows. `all`: every run. */
  @IsOptional()
  @IsIn(['all', 'report'])
  view: 'all' | 'report' = 'all';

  @IsOptional()
  @List()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  assessment_ids?: string[];

  @IsOptional()
  @List()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  @Matches(/^[^\0\p{Cs}]*$/u, printable)
  attack_name?: string[];

  @IsOptional()
  @List()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  @Matches(/^[^\0\p{Cs}]*$/u, printable)
  category?: string[];

  @IsOptional()
  @List()
  @ArrayMaxSize(20)
  @IsIn(findingTypes, { each: true })
  finding_type?: FindingType[];

  @IsOptional()
  @List()
  @ArrayMaxSize(20)
  @IsIn(severities, { each: true })
  severity?: Severity[];

  /** Lowest best score, 0 to 1. */
  @IsOptional()
  @Type(() => Number)
  @IsNumber()
  @Min(0)
  @Max(1)
  min_score?: number;

  /** Start of the assessment, inclusive bounds. */
  @IsOptional()
  @IsDateBound()
  started_after?: string;

  @IsOptional()
  @IsDateBound()
  started_before?: string;

  /** With a date bound: keep findings of assessments without a start time. */
  @IsOptional()
  @Flag()
  @IsBoolean()
  include_undated_assessments?: boolean;

  /** Adversarial-ML results too. */
  @IsOptional()
  @Flag()
  @IsBoolean()
  include_adversarial?: boolean;
}
