import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { type AuditAction, auditActions } from '#contracts';

const resourceTypes = [...new Set(auditActions.map((action) => action.slice(0, action.indexOf('.'))))];

/** Which entries of the audit log, and how many at once. Filters combine with AND. */
export class ListAuditEntriesQuery {
  /** Any of these actions, separated by commas. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @ArrayMinSize(1)
  @ArrayMaxSize(auditActions.length)
  @IsIn(auditActions, { each: true })
  @ApiProperty({ required: false, enum: auditActions, isArray: true })
  action?: AuditAction[];

  /** Id of the key or person. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ required: false, format: 'uuid' })
  actor_id?: string;

  /** Kind of thing. */
  @IsOptional()
  @IsIn(resourceTypes)
  @ApiProperty({ required: false, enum: resourceTypes })
  resource_type?: string;

  /** Id of the thing. */
  @IsOptional()
  @MaxLength(100)
  @Matches(/^[\w.:-]+$/, { message: 'resource_id must be an id' })
  @ApiProperty({ required: false, minLength: 1, maxLength: 100 })
  resource_id?: string;

  /** Only what was done in this project. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ required: false, format: 'uuid' })
  project_id?: string;

  /** Not before this moment. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/, { message: 'from must be a date and time with its zone' })
  @IsISO8601({ strict: true })
  @ApiProperty({ required: false, format: 'date-time', example: '2026-04-15T12:00:00Z' })
  from?: string;

  /** Before this moment. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/, { message: 'to must be a date and time with its zone' })
  @IsISO8601({ strict: true })
  @ApiProperty({ required: false, format: 'date-time', example: '2026-05-01T00:00:00Z' })
  to?: string;

  /** `next_cursor` of the page before. */
  @IsOptional()
  @Matches(/^[\w-]{1,120}$/, { message: 'cursor must be one that this list gave out' })
  @ApiProperty({ required: false, maxLength: 120 })
  cursor?: string;

  /** Entries a page. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}
