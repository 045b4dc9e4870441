import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, MaxLength, ValidateIf } from 'class-validator';
import { IsName, type OrganizationRole, organizationRoles, type WorkspaceRole, workspaceRoles } from '#contracts';

export class PutMemberRequest {
  /** `owner`: everything in the organization; `member`: what their roles in workspaces allow. */
  @IsIn(organizationRoles)
  @ApiProperty({ enum: organizationRoles, example: 'member' })
  role!: OrganizationRole;

  /** Name for people. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsName()
  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: 120, example: 'Ada Lovelace' })
  name?: string | null;

  /** For people to tell each other apart; nothing is sent there. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsEmail()
  @MaxLength(254)
  @ApiPropertyOptional({ type: String, nullable: true, format: 'email', maxLength: 254, example: 'ada@example.com' })
  email?: string | null;
}

export class PutWorkspaceMemberRequest {
  /** `viewer` reads and downloads; `editor` also imports, triages, keeps templates and builds; `owner` also manages it. */
  @IsIn(workspaceRoles)
  @ApiProperty({ enum: workspaceRoles, example: 'editor' })
  role!: WorkspaceRole;
}
