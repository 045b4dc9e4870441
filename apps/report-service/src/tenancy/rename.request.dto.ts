import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { IsName } from '#contracts';

/** A change of an organization or a workspace. The slug stands in paths and stays. */
export class RenameRequest {
  /** Name for people. */
  @ValidateIf((_, value) => value !== undefined)
  @IsName()
  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: 120, example: 'Acme Red Team' })
  name?: string;
}
