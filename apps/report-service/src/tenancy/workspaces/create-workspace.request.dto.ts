import { ApiProperty } from '@nestjs/swagger';
import { IsName, IsSlug } from '#contracts';

export class CreateWorkspaceRequest {
  /** Name in paths: lower-case letters, digits and hyphens. */
  @IsSlug()
  @ApiProperty({ type: String, maxLength: 63, example: 'blue-team' })
  slug!: string;

  /** Name for people. */
  @IsName()
  @ApiProperty({ type: String, minLength: 1, maxLength: 120, example: 'Blue team' })
  name!: string;
}
