import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { IsName, IsSlug } from '#contracts';

export class CreateOrganizationRequest {
  /** Name in paths: lower-case letters, digits and hyphens. */
  @IsSlug()
  @ApiProperty({ type: String, maxLength: 63, example: 'acme' })
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
