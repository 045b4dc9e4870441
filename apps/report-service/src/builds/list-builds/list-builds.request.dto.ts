import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { type BuildStatus, buildStatuses } from '#domain';
import { ListPageQuery } from '#platform';

export class ListBuildsQuery extends ListPageQuery {
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
