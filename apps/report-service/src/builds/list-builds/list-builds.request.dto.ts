import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { type BuildStatus, buildStatuses } from '#domain';

export class ListBuildsQuery {
  /** Page, from 1. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000_000, default: 1 })
  page: number = 1;

  /** Builds a page. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 50 })
  limit: number = 50;

  /** `next_cursor` of the page before: goes on there however many builds were made meanwhile. Takes the place of `page`. */
  @IsOptional()
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{1,120}$/, { message: 'cursor must be a next_cursor of an earlier answer' })
  @ApiPropertyOptional({ type: String, maxLength: 120, pattern: '^[A-Za-z0-9_-]{1,120}$' })
  cursor?: string;

  /** Builds in one of these states only; several are separated by commas, or the parameter is given several times. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }): unknown[] =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap<unknown>((part) =>
      typeof part === 'string' ? part.split(',').filter((text) => text !== '') : [part],
    ),
  )
  @IsArray()
  @ArrayMaxSize(buildStatuses.length)
  @IsIn(buildStatuses, { each: true })
  @ApiPropertyOptional({ enum: buildStatuses, isArray: true, maxItems: buildStatuses.length })
  status?: BuildStatus[];
}
