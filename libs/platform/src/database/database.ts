import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { Snapshot, Transaction } from '#contracts';
import { isUuid } from '#domain';
import { ConnectionGuard } from './connection-guard.ts';
import { Turns } from '../rate-limit/turns.ts';
import { DatabaseSnapshot } from './database-snapshot.ts';
import type { LongWork } from './pools.ts';

/** Organization whose rows a transaction may see; row-level security holds everybody to it. */
type OrganizationId = string;

/** How a piece of work goes about its connection. */
interface Holding {
  /** The pool that it takes from, when not that of requests. */
  readonly pool?: LongWork;
  /** Cuts the connection: whatever statement is under way ends, and its pool has a place again. */
  readonly signal?: AbortSignal;
}

/** Transactions in sight: a handler opens one and passes it on. Nobody takes a connection inside of another. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly opened = new Map<LongWork, Promise<DataSource>>();

  constructor(
    private readonly app: DataSource,
    private readonly relay: DataSource,
    private readonly guard = new ConnectionGuard(false),
    private readonly openPool: (work: LongWork) => Promise<DataSource> = () => Promise.resolve(app),
    private readonly turns = new Turns({ atOnce: Infinity }),
  ) {}

  /** Runs `work` in one transaction of the tenant; repeated when Postgres asks for it (deadlock, serialization). */
  async transaction<T>(
    organizationId: OrganizationId,
    work: (tx: EntityManager) => Promise<T>,
    { pool }: Pick<Holding, 'pool'> = {},
  ): Promise<T> {
    const source = await this.source(pool);
    const once = (): Promise<T> =>
      source.transaction(async (tx) => {
        await actAs(tx, organizationId);
        return work(tx);
      });
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.hold('transaction', organizationId, pool, once);
      } catch (error) {
        // Nothing of the transaction was kept: running it again is safe.
        if (attempt >= 3 || !isRepeatable(error)) throw error;
      }
    }
  }

  /** Reads some rows of the tenant: two round trips less than a transaction that may write. */
  async read<T>(organizationId: OrganizationId, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.hold('read', organizationId, undefined, () =>
      this.reading(this.app, organizationId, 'read only', (runner) => work(runner.manager)),
    );
  }

  /** Runs `work` on one unchanging state of the tenant's rows: REPEATABLE READ, read only. */
  async snapshot<T>(
    organizationId: OrganizationId,
    work: (snapshot: Snapshot) => Promise<T>,
    { pool, signal }: Holding = {},
  ): Promise<T> {
    const source = await this.source(pool);
    const snapshot = (runner: QueryRunner): Promise<T> =>
      work(new DatabaseSnapshot((sql, parameters) => runner.query(sql, parameters)));
    const reading = (): Promise<T> =>
      this.reading(source, organizationId, 'isolation level repeatable read, read only', snapshot, signal);
    return this.hold('snapshot', organizationId, pool, reading);
  }

  /** Of the pool of requests when its turn comes; other pools have as many connections as their work may have under way. */
  private hold<T>(
    what: string,
    organizationId: OrganizationId,
    pool: LongWork | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    return this.guard.hold(what, () =>
      pool === undefined ? this.turns.run(organizationId, work, () => new NoneFree()) : work(),
    );
  }

  /** Opened for the first that asks: a process that exports nothing keeps no connection for it. */
  private source(work: LongWork | undefined): Promise<DataSource> {
    if (work === undefined) return Promise.resolve(this.app);
    const known = this.opened.get(work);
    if (known) return known;
    const opening = this.openPool(work);
    this.opened.set(work, opening);
    // Where the database is away now, the next one tries again.
    opening.catch(() => this.opened.delete(work));
    return opening;
  }

  private async reading<T>(
    source: DataSource,
    organizationId: OrganizationId,
    mode: string,
    work: (runner: QueryRunner) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    if (!isUuid(organizationId)) throw new Error('An organization id is a UUID.');
    const runner = source.createQueryRunner();
    let cut: (() => void) | undefined;
    try {
      const client = (await runner.connect()) as { end(): Promise<void> };
      signal?.throwIfAborted();
      cut = (): void => void client.end().catch(() => undefined);
      signal?.addEventListener('abort', cut, { once: true });
      // In one go, hence without parameters: that the id is a UUID was just checked.
      const begin = `begin transaction ${mode}; set local app.organization_id = '${organizationId}'`;
      await runner.query(signal ? `${begin}; ${noticeCut}` : begin);
      try {
        return await work(runner);
      } finally {
        if (!signal?.aborted) await runner.query('rollback');
      }
    } finally {
      if (cut) signal?.removeEventListener('abort', cut);
      await runner.release();
    }
  }

  /** Runs `work` across tenants with the relay's few rights: builds, outbox, imports' life; never a finding. */
  async background<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.guard.hold('background', () => this.relay.transaction(work));
  }

  /**
   * Whether a query across tenants finds any row: one round trip, where a transaction takes three and more. For loops
   * that mostly find nothing to do; what is found, the transaction after it looks for again.
   */
  async finds(query: string, parameters: unknown[] = []): Promise<boolean> {
    const [row] = await this.across<{ found: boolean }>(`select exists (${query}) as found`, parameters);
    return row?.found === true;
  }

  /** One statement across tenants, outside of any transaction, with the relay's few rights. */
  async across<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    this.guard.refuseNested('across');
    return this.relay.query(sql, parameters);
  }

  /** One statement before the tenant is known; only functions made for it answer. */
  async anonymous<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    this.guard.refuseNested('anonymous');
    return this.app.query(sql, parameters);
  }

  /** Postgres's clock, by which everything is dated that somebody else decides by. */
  async now(): Promise<Date> {
    const [row] = await this.anonymous<{ now: Date }>('select now()', []);
    if (!row) throw new Error('The database did not tell the time.');
    return row.now;
  }

  async isReachable(): Promise<void> {
    await this.app.query('select 1');
  }

  async onApplicationShutdown(): Promise<void> {
    const opened = await Promise.allSettled(this.opened.values());
    const pools = opened.flatMap((pool) => (pool.status === 'fulfilled' ? [pool.value] : []));
    for (const source of [...pools, this.app, this.relay]) if (source.isInitialized) await source.destroy();
  }
}

/** Database trouble by its code, as when the pool gives none in time. */
class NoneFree extends Error {
  override readonly name = 'NoneFree';
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('no connection was free in time');
  }
}

/** A statement whose connection was cut ends within 2 s, where the server can look. */
const noticeCut = `select set_config('client_connection_check_interval', '2s', true) where version() ~ 'linux'`;

async function actAs(tx: EntityManager, organizationId: OrganizationId): Promise<void> {
  await tx.query(`select set_config('app.organization_id', $1, true)`, [organizationId]);
}

function isRepeatable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === '40001' || code === '40P01';
}

/** Imports, deletes and changed policies of one project end one after the other: "already in" means the same to all. */
export async function lockProject(tx: Transaction, projectId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [projectId]);
}
