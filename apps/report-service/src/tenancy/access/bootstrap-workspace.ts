import { randomUUID } from 'node:crypto';
import { openDataSource } from '#platform';
import { hashApiKey, makeApiKey } from '../api-key.ts';

/**
 * First organization and workspace where absent, and a new bootstrap key in place of an older one. Works as the owner of
 * the database and before anything is served: nobody who takes requests needs the owner's password for it.
 */
export async function bootstrapWorkspace(
  ownerUrl: string,
  { org, workspace }: { readonly org: string; readonly workspace: string },
): Promise<{ readonly apiKey: string }> {
  const owner = await openDataSource(ownerUrl, [], 1);
  try {
    return await owner.transaction(async (tx) => {
      await tx.query(
        `insert into projects.organization (id, slug, name) values ($1, $2, $2) on conflict (slug) do nothing`,
        [randomUUID(), org],
      );
      const [organization] = await tx.query<{ id: string }[]>(
        'select id from projects.organization where slug = $1 for update',
        [org],
      );
      if (!organization) throw new Error('The organization that was just made is gone.');
      await tx.query(
        `insert into projects.workspace (id, organization_id, slug, name) values ($1, $2, $3, $3)
         on conflict (organization_id, slug) do nothing`,
        [randomUUID(), organization.id, workspace],
      );
      const apiKey = makeApiKey();
      // One bootstrap key an organization: a new one replaces the old, whose file is evidently gone.
      await tx.query(`delete from projects.api_key where organization_id = $1 and name = 'bootstrap'`, [
        organization.id,
      ]);
      await tx.query(
        `insert into projects.api_key (id, organization_id, name, prefix, hash, scopes)
         values ($1, $2, 'bootstrap', $3, $4, array['read', 'write', 'build', 'admin'])`,
        [randomUUID(), organization.id, apiKey.slice(0, 9), hashApiKey(apiKey)],
      );
      return { apiKey };
    });
  } finally {
    await owner.destroy();
  }
}
