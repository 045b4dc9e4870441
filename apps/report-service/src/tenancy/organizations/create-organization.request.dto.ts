import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { IsName, IsSlug } from '../names.ts';

export class CreateOrganizationRequest {
  /** Name in paths: lower-case letters, digits and hyphens. */
  @IsSlug()
  @ApiProperty({ type: String, pattern: '^[a-z0-9][a-z0-9-]{0,62}$', maxLength: 63, example: 'acme' })
  slug!: string;

  /** Name for people. */
  @IsName()
  @ApiProperty({ type: String, minLength: 1, maxLength: 120, example: 'Acme' })
  name!: string;

  /** Subject of the first owner, as the identity provider's tokens name them. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsName(255)
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: 255,
    example: 'auth0|5f7c8ec7c33c6c004bbafe82',
  })
  owner?: string | null;
}
