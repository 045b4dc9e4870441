import type { EntityManager } from 'typeorm';
import { AppError } from '#contracts';

/**
 * Refuses to take the role from the last owner. Holds the rows of all owners until the end of the transaction: of two
 * owners who remove each other at once, the second is refused.
 */
export async function refuseLosingLastOwner(
  tx: EntityManager,
  table: 'projects.member' | 'projects.workspace_member',
  place: { readonly column: 'organization_id' | 'workspace_id'; readonly id: string },
  subject: string,
): Promise<void> {
  const owners = await tx.query<{ subject: string }[]>(
    `select subject from ${table} where ${place.column} = $1 and role = 'owner' order by subject for update`,
    [place.id],
  );
  if (owners.length === 1 && owners[0]?.subject === subject) {
    throw new AppError('conflict', { detail: 'This is the last owner: make somebody else an owner first.' });
  }
}
