import type { Snapshot } from '#contracts';

type RunQuery = (sql: string, parameters: unknown[]) => Promise<unknown>;

/** One unchanging state of a tenant's rows. Valid until the callback that received it returns. */
export class DatabaseSnapshot implements Snapshot {
  private cursors = 0;

  constructor(private readonly run: RunQuery) {}

  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.run(sql, parameters)) as Row[];
  }

  /** Rows in batches by a server-side cursor: memory does not grow with their number. */
  async *stream<Row>(sql: string, parameters: unknown[] = [], batchSize = 500): AsyncGenerator<readonly Row[]> {
    this.cursors += 1;
    const cursor = `rows_${this.cursors}`;
    await this.run(`declare ${cursor} no scroll cursor for ${sql}`, parameters);
    try {
      for (;;) {
        const rows = await this.query<Row>(`fetch ${batchSize} from ${cursor}`);
        if (rows.length > 0) yield rows;
        if (rows.length < batchSize) return;
      }
    } finally {
      await this.run(`close ${cursor}`, []);
    }
  }
}
