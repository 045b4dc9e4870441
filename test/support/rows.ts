import { Pool, type QueryResultRow } from 'pg';

import type { DatabaseUrls } from './test-stack.ts';

/** A connection costs more than what is asked over it. One that is not used goes soon, and keeps no process alive. */
const pools = new Map<string, Pool>();

/** Rows as they stand, whoever's they are: the superuser passes row-level security. */
export async function rowsOf<Row extends QueryResultRow>(
  { databaseUrls }: { readonly databaseUrls: DatabaseUrls },
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { superuser } = databaseUrls;
  const pool = pools.get(superuser) ?? makePool(superuser);
  return (await pool.query<Row>(sql, [...values])).rows;
}

function makePool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 2, idleTimeoutMillis: 1_000, allowExitOnIdle: true });
  // Servers go away in these tests; the pool has then forgotten the connection.
  pool.on('error', () => undefined);
  pools.set(connectionString, pool);
  return pool;
}
