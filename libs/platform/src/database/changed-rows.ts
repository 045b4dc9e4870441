import type { Transaction } from '#contracts';

/** Rows that an UPDATE or DELETE with RETURNING changed. TypeORM answers these two, and no other, with [rows, count]. */
export async function changedRows<Row>(tx: Transaction, sql: string, values: unknown[]): Promise<Row[]> {
  const [rows] = await tx.query<[Row[], number]>(sql, values);
  return rows;
}

/** How many rows an UPDATE or DELETE changed. */
export async function changedCount(tx: Transaction, sql: string, values: unknown[]): Promise<number> {
  const [, count] = await tx.query<[unknown[], number]>(sql, values);
  return count;
}
