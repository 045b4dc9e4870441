/** A transaction of the tenant, passed along so that what several modules change is changed at once or not at all. */
export interface Transaction {
  query<Rows>(sql: string, parameters?: unknown[]): Promise<Rows>;
}

/** One unchanging state of a tenant's rows (REPEATABLE READ), passed along so that every reader of a build sees the same. */
export interface Snapshot {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Rows in batches by a server-side cursor: memory does not grow with their number. */
  stream<Row>(sql: string, parameters?: unknown[], batchSize?: number): AsyncIterable<readonly Row[]>;
}
