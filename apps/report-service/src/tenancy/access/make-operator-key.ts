import { randomUUID } from 'node:crypto';
import { openDataSource } from '#platform';
import { hashApiKey, makeApiKey } from '../api-key.ts';

/**
 * A key that makes organizations and sees into none. Only the owner of the database can write one: its row belongs to no
 * organization, and whoever serves requests writes rows of one organization alone.
 */
export async function makeOperatorKey(
  ownerUrl: string,
  { name, expiresAt }: { readonly name: string; readonly expiresAt: Date | null },
): Promise<{ readonly id: string; readonly name: string; readonly key: string; readonly expires_at: string | null }> {
  const owner = await openDataSource(ownerUrl, [], 1);
  try {
    const key = makeApiKey();
    const id = randomUUID();
    await owner.query(
      `insert into projects.api_key (id, operator, name, prefix, hash, scopes, expires_at)
       values ($1, true, $2, $3, $4, array['admin'], $5)`,
      [id, name, key.slice(0, 9), hashApiKey(key), expiresAt],
    );
    return { id, name, key, expires_at: expiresAt?.toISOString() ?? null };
  } finally {
    await owner.destroy();
  }
}
