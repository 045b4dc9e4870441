import type { Transaction } from '#contracts';

/** Imports and deletes of one project end one after the other, so that "already in" means the same to all of them. */
export async function oneAfterTheOther(tx: Transaction, projectId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [projectId]);
}
