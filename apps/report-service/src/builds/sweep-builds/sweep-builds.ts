import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EnqueueBuild } from '#contracts';
import { BackgroundLoop, CONFIG, type Config } from '#platform';
import { BuildLedger } from '../build-ledger.ts';
import { IdempotencyKeys } from '../idempotency-keys.ts';

/** A queued build that nobody took for this long is told to the queue again. */
const forgottenAfterSeconds = 5;

/** Brings every accepted build to an end, whatever the queue, the store or a worker lost. Any number may run at once. */
@Injectable()
export class SweepBuilds extends BackgroundLoop {
  constructor(
    private readonly ledger: BuildLedger,
    private readonly idempotency: IdempotencyKeys,
    private readonly commands: CommandBus,
    @Inject(CONFIG) config: Config,
  ) {
    super(config.builds.sweepSeconds * 1_000, 'sweep interrupted; the next one goes on');
  }

  protected async run(): Promise<boolean> {
    // First, for it is the deadline that ended a build whose worker stopped at it.
    await this.ledger.failOverdue();
    const lost = await this.ledger.recoverLostLeases();
    if (lost > 0) this.logger.warn({ builds: lost }, 'builds lost their worker and were taken back');
    for (const { id, attempt } of await this.ledger.findForgotten(forgottenAfterSeconds)) {
      await this.commands.execute(new EnqueueBuild(id, attempt));
    }
    await this.ledger.expire();
    await this.idempotency.sweep();
    return false;
  }
}
