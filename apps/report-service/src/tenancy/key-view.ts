import type { KeyView, Scope } from '#contracts';

/** A row of a key with the slug of its workspace. */
export interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly workspace: string | null;
  readonly expired: boolean;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
  readonly created_at: Date;
  readonly created_by: string | null;
}

export const keyColumns = `k.id, k.name, k.prefix, k.scopes, w.slug as workspace,
  coalesce(k.expires_at <= now(), false) as expired, k.expires_at, k.revoked_at, k.created_at, k.created_by`;

/** $1 is the organization. */
export const keysFrom = `projects.api_key k left join projects.workspace w on w.id = k.workspace_id
  where k.organization_id = $1`;

export const keyView = (row: KeyRow): KeyView => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  workspace: row.workspace,
  status: row.revoked_at ? 'revoked' : row.expired ? 'expired' : 'active',
  expires_at: row.expires_at?.toISOString() ?? null,
  revoked_at: row.revoked_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  created_by: row.created_by,
});
