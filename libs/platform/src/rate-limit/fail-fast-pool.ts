import { Logger } from '@nestjs/common';
import { Pool, type QueryConfig, type QueryResult } from 'pg';

/** For a connection and for an answer. A counter is worth no longer wait. */
const timeoutMs = 300;
/** For which Postgres is left alone after it did not answer. */
const backoffMs = 2_000;

/** Postgres for counters: answers soon or not at all, apart from the pools that requests work with. */
export class FailFastPool {
  private readonly logger = new Logger('RateLimits');
  private readonly pool: Pool;
  private backsOffUntil = 0;

  constructor(connectionString: string) {
    this.pool = new Pool({
      connectionString,
      max: 2,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      statement_timeout: timeoutMs,
      idleTimeoutMillis: 0,
      keepAlive: true,
      allowExitOnIdle: true,
    });
    // An idle connection that breaks is replaced at the next query; unheard, the event would end the process.
    this.pool.on('error', () => undefined);
  }

  async query(query: QueryConfig): Promise<QueryResult> {
    if (Date.now() < this.backsOffUntil) throw new Error('the counters in Postgres are left alone for a while');
    try {
      return await this.pool.query(query);
    } catch (error) {
      this.backsOffUntil = Date.now() + backoffMs;
      this.logger.warn({ err: error }, 'rate limits are counted in memory: Postgres did not answer in time');
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.pool.end();
  }
}
