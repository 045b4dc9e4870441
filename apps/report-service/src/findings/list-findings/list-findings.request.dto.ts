import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type FindingSort, findingSorts, IsDateBound, IsStorable } from '#contracts';
import {
  type FindingStatus,
  findingStatuses,
  type FindingType,
  findingTypes,
  severities,
  type Severity,
} from '#domain';

/** A comma-separated query parameter, or one given several times. */
const List = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }): unknown[] =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap<unknown>((part) => separated(part)),
  );

/** The same for names: given several times each is taken as it is, so that a name may hold a comma. */
const Names = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }): unknown[] =>
    Array.isArray(value) ? (value as unknown[]) : [value].flatMap<unknown>((part) => separated(part)),
  );

const separated = (part: unknown): unknown[] =>
  typeof part === 'string' ? part.split(',').filter((text) => text !== '') : [part];

const Flag = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

export class ListFindingsQuery {
  /** Page, from 1; not together with `cursor`. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000_000, default: 1 })
  page?: number;

  /** Rows a page. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  page_size: number = 50;

  /** `next_cursor` of the page before, with the same other parameters; `page_size` alone may change. */
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  @Matches(/^[A-Za-z0-9_-]+$/, { message: '$property must be a cursor of this list' })
  cursor?: string;

  /** What to order by; `date` is `created_at`. Ends always in the id. Names by their first 100 characters. */
  @IsOptional()
  @IsIn(findingSorts)
  @ApiPropertyOptional({ enum: findingSorts, default: 'score' })
  sort_by: FindingSort = 'score';

  /** `desc` by score or severity is worst first, by severity in the order of reports; runs without a score come last then. */
  @IsOptional()
  @IsIn(['asc', 'desc'])
  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'desc' })
  sort_dir: 'asc' | 'desc' = 'desc';

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
  @Names()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  @IsStorable({ each: true })
  attack_name?: string[];

  @IsOptional()
  @Names()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  @IsStorable({ each: true })
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

  @IsOptional()
  @List()
  @ArrayMaxSize(20)
  @IsIn(findingStatuses, { each: true })
  finding_status?: FindingStatus[];

  /**
   * Words that all occur in the goal, the attack name, a prompt or a response, in any case and order. A word of three
   * letters or more is found by its beginning; of a text the first 20,000 characters are searched.
   */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsStorable()
  search?: string;

  /** Import of the run, inclusive bounds. */
  @IsOptional()
  @IsDateBound()
  created_after?: string;

  @IsOptional()
  @IsDateBound()
  created_before?: string;

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
