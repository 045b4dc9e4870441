import { Client, type QueryResultRow } from 'pg';

import type { DatabaseUrls } from './test-stack.ts';

/** Rows as they stand, whoever's they are: the superuser passes row-level security. */
export async function rowsOf<Row extends QueryResultRow>(
  { databaseUrls }: { readonly databaseUrls: DatabaseUrls },
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrls.superuser });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
