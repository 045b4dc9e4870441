import { Inject, Injectable } from '@nestjs/common';
import { BackgroundLoop, changedRows, CONFIG, type Config, Database } from '#platform';
import { RemoveArtifacts } from '../remove-artifacts.ts';

/** A worker that lost its build stops within a heartbeat; after this long no upload of it is under way. */
const settledAfterSeconds = 15;

/** While one process works on an order no other takes it. */
const claimSeconds = 120;

interface Order {
  readonly build_id: string;
  readonly keep: string | null;
  readonly settled: boolean;
  readonly over: boolean;
}

/** Carries out work orders for the store until it has let go of everything. Any number may run at once. */
@Injectable()
export class SweepDiscards extends BackgroundLoop {
  constructor(
    private readonly database: Database,
    private readonly artifacts: RemoveArtifacts,
    @Inject(CONFIG) config: Config,
  ) {
    super(config.builds.sweepSeconds * 1_000, 'sweep of discarded artifacts interrupted; the next one goes on');
  }

  protected async run(): Promise<boolean> {
    const begun = performance.now();
    for (const order of await this.claim()) {
      // A store that keeps one waiting: what is left is another's, or comes again, when the claim is over.
      if (this.stopping || performance.now() - begun > claimSeconds * 500) return false;
      await this.carryOut(order);
    }
    return false;
  }

  private claim(): Promise<readonly Order[]> {
    return this.database.background((tx) =>
      changedRows<Order>(
        tx,
        `update storage.discard set next_attempt_at = now() + make_interval(secs => $1)
         where build_id in (select build_id from storage.discard where next_attempt_at <= now()
           order by next_attempt_at limit 20 for update skip locked)
         returning build_id, keep, ordered_at < now() - make_interval(secs => $2) as settled,
           ordered_at < now() - interval '1 day' as over`,
        [claimSeconds, settledAfterSeconds],
      ),
    );
  }

  private async carryOut({ build_id: buildId, keep, settled, over }: Order): Promise<void> {
    try {
      const left = await this.artifacts.of(buildId, keep, settled);
      await this.database.background((tx) =>
        over
          ? tx.query('delete from storage.discard where build_id = $1', [buildId])
          : // One more look once every upload has settled, and a last one before the order is forgotten.
            tx.query(
              `update storage.discard set failures = 0, next_attempt_at = case when $2 or $3 > 0
                 then now() + make_interval(secs => $4) else ordered_at + interval '1 day 1 second' end
               where build_id = $1`,
              [buildId, !settled, left, settledAfterSeconds + 1],
            ),
      );
    } catch (error) {
      this.logger.warn({ buildId, err: error }, 'discarded artifacts are still in the store; trying again');
      await this.database.background((tx) =>
        tx.query(
          `update storage.discard set failures = failures + 1,
             next_attempt_at = now() + make_interval(secs => least(60, power(2, failures))) where build_id = $1`,
          [buildId],
        ),
      );
    }
  }
}
