import { ApiProperty } from '@nestjs/swagger';
import { ListPageResponse } from '#platform';
import { CreatedKeyResponse } from './key.response.dto.ts';

export class OrganizationResponse {
  @ApiProperty({ format: 'uuid', example: '0b6f0f5e-6a0c-4a51-9f5a-3f0f2f3a8d11' })
  id!: string;

  /** Name in paths. */
  @ApiProperty({ example: 'acme' })
  slug!: string;

  /** Name for people. */
  @ApiProperty({ example: 'Acme' })
  name!: string;

  /** ISO 8601 UTC. */
  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  created_at!: string;
}

export class WorkspaceResponse {
  @ApiProperty({ format: 'uuid', example: '5f0f3f86-7a7b-4c39-8e8e-2f0e7a4e9b10' })
  id!: string;

  /** Name in paths. */
  @ApiProperty({ example: 'red-team' })
  slug!: string;

  /** Name for people. */
  @ApiProperty({ example: 'Red team' })
  name!: string;

  /** ISO 8601 UTC. */
  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  created_at!: string;
}

export class WorkspaceListResponse extends ListPageResponse {
  workspaces!: WorkspaceResponse[];
}

export class CreatedOrganizationResponse extends OrganizationResponse {
  /** May do everything in the organization. Its secret is told this once. */
  first_key!: CreatedKeyResponse;
}
