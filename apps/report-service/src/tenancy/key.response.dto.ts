import { ApiProperty } from '@nestjs/swagger';
import { type Scope, scopes } from '#contracts';
import { ListPageResponse } from '#platform';

const statuses = ['active', 'expired', 'revoked'] as const;

export class KeyResponse {
  @ApiProperty({ format: 'uuid', example: '9b0f2a4c-1c7d-4a6e-8f1b-0e5d2c3b4a59' })
  id!: string;

  /** What the key is for. */
  @ApiProperty({ example: 'ci' })
  name!: string;

  /** First characters of the key, to tell keys apart. */
  @ApiProperty({ example: 'airt_4fQz' })
  prefix!: string;

  /** `admin` holds the others. */
  @ApiProperty({ enum: scopes, isArray: true, example: ['read', 'build'] })
  scopes!: readonly Scope[];

  /** Slug of the one workspace that the key is held to; null: all workspaces of the organization. */
  @ApiProperty({ type: String, nullable: true, example: 'red-team' })
  workspace!: string | null;

  @ApiProperty({ enum: statuses, example: 'active' })
  status!: (typeof statuses)[number];

  /** ISO 8601 UTC; null: never. */
  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: '2026-07-14T12:00:00.000Z' })
  expires_at!: string | null;

  /** ISO 8601 UTC. */
  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: null })
  revoked_at!: string | null;

  /** ISO 8601 UTC. */
  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  created_at!: string;

  /** Id of the key or the member that made it; null: made on the command line or at set-up. */
  @ApiProperty({ type: String, nullable: true, format: 'uuid', example: null })
  created_by!: string | null;
}

export class CreatedKeyResponse extends KeyResponse {
  /** The key itself. It is told this once: the service keeps its hash alone. */
  @ApiProperty({ example: 'airt_4fQzK1vN8bYc2mTjWxR7sLpE0hUaDgIo3iQ9Zt' })
  key!: string;
}

export class KeyListResponse extends ListPageResponse {
  keys!: KeyResponse[];
}
