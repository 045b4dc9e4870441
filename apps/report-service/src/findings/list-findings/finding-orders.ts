import { uuidForm } from '#domain';
/** One column of an order: SQL on an attack run that is never null, how a cursor keeps its value, and how it is read back. */
interface OrderColumn {
  readonly column: string;
  /** The value as text, without loss. */
  readonly text: string;
  /** A kept value as SQL again. */
  readonly value: (parameter: string) => string;
  /** What a kept value looks like: a cursor comes from outside. */
  readonly pattern: RegExp;
}

export interface FindingOrder {
  readonly columns: readonly OrderColumn[];
  /** Direction of the columns that `sort_dir=desc` means. */
  readonly descending: 'asc' | 'desc';
}

const typed = (column: string, type: string, pattern: RegExp): OrderColumn => ({
  column,
  text: `${column}::text`,
  value: (parameter) => `${parameter}::text::${type}`,
  pattern,
});

/** Microseconds: a kept date would lose them. */
const time = (column: string): OrderColumn => ({
  column,
  text: `(extract(epoch from ${column}) * 1000000)::bigint::text`,
  value: (parameter) => `(timestamptz 'epoch' + ${parameter}::text::bigint * interval '1 microsecond')`,
  pattern: /^\d{1,17}$/,
});

const id = typed('id', 'uuid', uuidForm);
const scoreRank = typed('score_rank', 'float8', /^(1|-1|-0|-0\.\d{1,20}|-\d(\.\d{1,20})?e-\d{1,3})$/);
const name = (column: string): OrderColumn => typed(column, 'text', /^[^\0\p{Cs}]{0,200}$/u);

/** Each ends in the id, so that no two rows are equal, and each has an index. `score` and `severity` mean worst first. */
export const findingOrders = {
  score: { columns: [scoreRank, id], descending: 'asc' },
  severity: {
    columns: [
      typed('severity_rank', 'smallint', /^[1-6]$/),
      typed('standing', 'smallint', /^[0-3]$/),
      scoreRank,
      typed('ordinal', 'integer', /^\d{1,9}$/),
      id,
    ],
    descending: 'asc',
  },
  created_at: { columns: [time('created_at'), id], descending: 'desc' },
  date: { columns: [time('created_at'), id], descending: 'desc' },
  updated_at: { columns: [time('updated_at'), id], descending: 'desc' },
  attack_name: { columns: [name('attack_key'), id], descending: 'desc' },
  category: { columns: [name('category_key'), id], descending: 'desc' },
} as const satisfies Record<string, FindingOrder>;
