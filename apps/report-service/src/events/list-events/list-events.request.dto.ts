import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type PublicEventType, publicEventTypes } from '#contracts';
import { feedCursorForm } from './feed-cursor.ts';

export class ListEventsQuery {
  /** `next_cursor` of the page before, as it was given; from the oldest event without it. */
  @IsOptional()
  @Matches(feedCursorForm, { message: 'cursor must be the next_cursor of an earlier page' })
  @ApiPropertyOptional({ type: String, default: '0', pattern: feedCursorForm.source, maxLength: 28, example: '0' })
  cursor: string = '0';

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  limit: number = 50;

  /** Only events of these types, comma-separated. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @ArrayMaxSize(20)
  @IsIn(publicEventTypes, { each: true })
  @ApiPropertyOptional({ enum: publicEventTypes, isArray: true })
  type?: PublicEventType[];
}
