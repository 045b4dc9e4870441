import { ApiProperty } from '@nestjs/swagger';
import {
  type OrganizationRole,
  organizationRoles,
  type Scope,
  scopes,
  type WorkspaceRole,
  workspaceRoles,
} from '#contracts';

const kinds = ['key', 'user'] as const;

export class MyWorkspaceResponse {
  @ApiProperty({ format: 'uuid', example: '5f0f3f86-7a7b-4c39-8e8e-2f0e7a4e9b10' })
  id!: string;

  @ApiProperty({ example: 'red-team' })
  slug!: string;

  @ApiProperty({ example: 'Red team' })
  name!: string;

  /** Role in the workspace; null for a key, and for an owner of the organization without one. */
  @ApiProperty({ enum: workspaceRoles, type: String, nullable: true, example: null })
  role!: WorkspaceRole | null;
}

export class MyOrganizationResponse {
  @ApiProperty({ format: 'uuid', example: '0b6f0f5e-6a0c-4a51-9f5a-3f0f2f3a8d11' })
  id!: string;

  @ApiProperty({ example: 'demo' })
  slug!: string;

  @ApiProperty({ example: 'Demo' })
  name!: string;

  /** Role in the organization; null for a key. */
  @ApiProperty({ enum: organizationRoles, type: String, nullable: true, example: null })
  role!: OrganizationRole | null;

  /** Workspaces that the caller sees. */
  workspaces!: MyWorkspaceResponse[];
}

export class MeResponse {
  @ApiProperty({ enum: kinds, example: 'key' })
  kind!: (typeof kinds)[number];

  /** Stands for the caller in `created_by` and in the audit log. */
  @ApiProperty({ format: 'uuid', example: '9b0f2a4c-1c7d-4a6e-8f1b-0e5d2c3b4a59' })
  id!: string;

  /** Name of the key, or subject of the token. */
  @ApiProperty({ example: 'ci' })
  name!: string;

  /** `sub` of the token; null for a key. */
  @ApiProperty({ type: String, nullable: true, example: null })
  subject!: string | null;

  /** Scopes of the key; empty for a person, whose roles decide. */
  @ApiProperty({ enum: scopes, isArray: true, example: ['read', 'build'] })
  scopes!: readonly Scope[];

  /** When the key ends, ISO 8601 UTC. */
  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: null })
  expires_at!: string | null;

  organizations!: MyOrganizationResponse[];
}
