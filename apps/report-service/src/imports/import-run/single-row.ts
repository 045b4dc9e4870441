import type { PoolClient } from 'pg';

export async function single<Row extends object>(
  client: PoolClient,
  sql: string,
  values: unknown[] = [],
): Promise<Row> {
  const { rows } = await client.query<Row>(sql, values);
  const [row] = rows;
  if (!row) throw new Error('A statement that always answers with a row gave none.');
  return row;
}
