import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { NewKeyView, Scope } from '#contracts';
import { keyView } from './key-view.ts';
import { hashApiKey, makeApiKey } from './api-key.ts';

/** Writes a new key. The secret is in the answer and nowhere else: the row has its hash. */
export async function insertKey(
  tx: EntityManager,
  key: {
    readonly organizationId: string;
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly workspace: { readonly id: string; readonly slug: string } | null;
    readonly expiresAt: Date | null;
    readonly createdBy: string | null;
    readonly at: Date;
  },
): Promise<NewKeyView> {
  const secret = makeApiKey();
  const row = {
    id: randomUUID(),
    name: key.name,
    prefix: secret.slice(0, 9),
    scopes: key.scopes,
    workspace: key.workspace?.slug ?? null,
    expired: false,
    expires_at: key.expiresAt,
    revoked_at: null,
    created_at: key.at,
    created_by: key.createdBy,
  };
  await tx.query(
    `insert into projects.api_key
       (id, organization_id, workspace_id, name, prefix, hash, scopes, expires_at, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      key.organizationId,
      key.workspace?.id ?? null,
      row.name,
      row.prefix,
      hashApiKey(secret),
      row.scopes,
      row.expires_at,
      row.created_at,
      row.created_by,
    ],
  );
  return { ...keyView(row), key: secret };
}
