import type { Transaction } from '#contracts';

/** Imports, deletes and changed policies of one project end one after the other: "already in" means the same to all. */
export async function lockProject(tx: Transaction, projectId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [projectId]);
}
