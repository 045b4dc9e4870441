import { Logger } from '@nestjs/common';
import { Pool, type QueryConfig, type QueryResult } from 'pg';

/** Time for a connection and for an answer, ms. A counter is worth no longer wait. */
const patience = 300;
/** Time for which Postgres is left alone after it did not answer, ms. */
const rest = 2_000;

/** Postgres for counters: answers soon or not at all, apart from the pools that requests work with. */
export class BriskPool {
  private readonly logger = new Logger('RateLimits');
  private readonly pool: Pool;
  private restsUntil = 0;

  constructor(connectionString: string) {
    this.pool = new Pool({
      connectionString,
      max: 2,
      connectionTimeoutMillis: patience,
      query_timeout: patience,
      statement_timeout: patience,
      idleTimeoutMillis: 0,
      keepAlive: true,
      allowExitOnIdle: true,
    });
    // An idle connection that breaks is replaced at the next question; unheard, the event would end the process.
    this.pool.on('error', () => undefined);
  }

  async query(question: QueryConfig): Promise<QueryResult> {
    if (Date.now() < this.restsUntil) throw new Error('the counters in Postgres are left alone for a while');
    try {
      return await this.pool.query(question);
    } catch (error) {
      this.restsUntil = Date.now() + rest;
      this.logger.warn({ err: error }, 'rate limits are counted in memory: Postgres did not answer in time');
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.pool.end();
  }
}
