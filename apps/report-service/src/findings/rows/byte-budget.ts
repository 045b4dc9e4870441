import type { Snapshot } from '#contracts';
import { type StoredColumns, trialColumns } from '#domain';

/** Of the rows that a batch holds at once, in bytes of their texts: reading them is work of the thread that answers requests. */
const batchBytes = 8 * 1024 ** 2;

/** Small, since parsing a batch is one uninterrupted piece of work; smaller where the rows are large. */
export const usualRows = 50;

/**
 * How many rows to read at once so that they stay within the budget even if each is as large as the largest: the length
 * of a text stands before it, so asking for it reads none. `rows` is a query with a column `bytes`. A row that is larger
 * than the budget is read by itself.
 */
export async function rowsAtOnce(
  snapshot: Snapshot,
  rows: string,
  parameters: readonly unknown[],
  most = usualRows,
): Promise<number> {
  const [largest] = await snapshot.query<{ bytes: number | null }>(
    `select max(bytes)::float8 as bytes from (${rows}) sized`,
    [...parameters],
  );
  return Math.max(1, Math.min(most, Math.floor(batchBytes / Math.max(1, largest?.bytes ?? 0))));
}

/** Bytes of what somebody wrote in a row; the other columns are short. */
export function textBytes(columns: StoredColumns, alias: string): string {
  const sizes = Object.entries(columns).flatMap(([column, { type, isName, words }]) => {
    const value = `${alias}.${column}`;
    if (type === 'text') return isName || words ? [] : [`coalesce(octet_length(${value}), 0)`];
    if (type === 'text[]') return [`coalesce(octet_length(array_to_string(${value}, '')), 0)`];
    // A short one is not looked into: how long a compressed one is, only its text tells.
    return type === 'jsonb'
      ? [`case when pg_column_size(${value}) > 1000 then octet_length(${value}::text) else 1000 end`]
      : [];
  });
  return sizes.map((size) => `${size}::bigint`).join(' + ');
}

export const trialBytes = textBytes(trialColumns, 't');
