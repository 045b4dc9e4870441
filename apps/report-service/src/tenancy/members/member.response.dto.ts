import { ApiProperty } from '@nestjs/swagger';
import { type OrganizationRole, organizationRoles, type WorkspaceRole, workspaceRoles } from '#contracts';
import { ListPageResponse } from '#platform';

class PersonResponse {
  /** Stands for the person in `created_by` and in the audit log. */
  @ApiProperty({ format: 'uuid', example: '3d1c9a0e-52b7-8c6f-9d0a-6f2b1c7e4a55' })
  id!: string;

  /** `sub` of the person's tokens. */
  @ApiProperty({ example: 'auth0|5f7c8ec7c33c6c004bbafe82' })
  subject!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'ada@example.com' })
  email!: string | null;

  /** Since when they have a role here, ISO 8601 UTC. */
  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  created_at!: string;
}

export class MemberResponse extends PersonResponse {
  @ApiProperty({ enum: organizationRoles, example: 'member' })
  role!: OrganizationRole;
}

export class WorkspaceMemberResponse extends PersonResponse {
  @ApiProperty({ enum: workspaceRoles, example: 'editor' })
  role!: WorkspaceRole;
}

export class MemberListResponse extends ListPageResponse {
  members!: MemberResponse[];
}

export class WorkspaceMemberListResponse extends ListPageResponse {
  members!: WorkspaceMemberResponse[];
}
