import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type PublicEventType, publicEventTypes } from '#contracts';

export class ListEventsQuery {
  /** `next_cursor` of the page before; from the oldest event without it. */
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'cursor must be the next_cursor of an earlier page' })
  @ApiPropertyOptional({ type: String, default: '0', pattern: '^\\d{1,15}$', maxLength: 15, example: '0' })
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
