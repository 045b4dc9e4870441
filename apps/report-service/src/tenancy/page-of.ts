import type { EntityManager } from 'typeorm';
import type { Page, PageRequest } from '#contracts';

/** One page of a listing and the number of all its entries, by constant SQL and bound values. */
export async function pageOf<Entry>(
  tx: EntityManager,
  listing: {
    readonly columns: string;
    /** What stands between `from` and `order by`. */
    readonly from: string;
    readonly order: string;
    readonly values: readonly unknown[];
  },
  { page, limit }: PageRequest,
  entryOf: (row: never) => Entry,
): Promise<Page<Entry>> {
  const { columns, from, order, values } = listing;
  const [counted] = await tx.query<{ total: number }[]>(`select count(*)::int as total from ${from}`, [...values]);
  const rows = await tx.query<never[]>(
    `select ${columns} from ${from} order by ${order} limit $${values.length + 1} offset $${values.length + 2}`,
    [...values, limit, (page - 1) * limit],
  );
  return { entries: rows.map(entryOf), total: counted?.total ?? 0 };
}
