import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsISO8601, ValidateIf } from 'class-validator';
import { IsName, IsSlug, type Scope, scopes } from '#contracts';

export class CreateKeyRequest {
  /** What the key is for. */
  @IsName()
  @ApiProperty({ type: String, minLength: 1, maxLength: 120, example: 'ci' })
  name!: string;

  /** What the key may do; `admin` holds the others. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(scopes.length)
  @ArrayUnique()
  @IsIn(scopes, { each: true })
  @ApiProperty({
    enum: scopes,
    isArray: true,
    minItems: 1,
    maxItems: scopes.length,
    uniqueItems: true,
    example: ['read', 'build'],
  })
  scopes!: Scope[];

  /** Slug of the one workspace that the key is held to; without it the key is for the whole organization. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsSlug()
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 63, example: 'red-team' })
  workspace?: string | null;

  /** When the key ends, in the future; without it only revocation ends it. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsISO8601({ strict: true, strictSeparator: true })
  @ApiPropertyOptional({ type: String, nullable: true, format: 'date-time', example: '2031-04-15T12:00:00Z' })
  expires_at?: string | null;
}
