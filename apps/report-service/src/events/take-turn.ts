import type { EntityManager } from 'typeorm';

/** A process that is stopped while it has the turn loses it after this time. */
const turnTimeout = '5s';

/** Waits until nobody else has the turn, and keeps it to the end of the transaction. */
export async function takeTurn(tx: EntityManager, name: string): Promise<void> {
  await tx.query(
    `select set_config('idle_in_transaction_session_timeout', $2, true), pg_advisory_xact_lock(hashtextextended($1, 0))`,
    [name, turnTimeout],
  );
}

/** Whether the turn was free; then it is kept to the end of the transaction. */
export async function tryTurn(tx: EntityManager, name: string): Promise<boolean> {
  const [turn] = await tx.query<{ free: boolean }[]>(
    `select set_config('idle_in_transaction_session_timeout', $2, true),
       pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free`,
    [name, turnTimeout],
  );
  return turn?.free === true;
}
