import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EnqueueBuild } from '#contracts';
import { CONFIG, type Config } from '#platform';
import { BuildLedger } from '../build-ledger.ts';

/** A queued build that nobody took for this long is told to the queue again. */
const forgottenAfterSeconds = 5;

/** Brings every accepted build to an end, whatever the queue, the store or a worker lost. Any number may run at once. */
@Injectable()
export class SweepBuilds implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SweepBuilds.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly ledger: BuildLedger,
    private readonly commands: CommandBus,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(afterMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.sweep().finally(() => {
        this.schedule(this.config.builds.sweepSeconds * 1_000);
      });
    }, afterMs);
  }

  private async sweep(): Promise<void> {
    try {
      const lost = await this.ledger.recoverLostLeases();
      if (lost > 0) this.logger.warn({ builds: lost }, 'builds lost their worker and were taken back');
      await this.ledger.failOverdue();
      for (const { id, attempt } of await this.ledger.findForgotten(forgottenAfterSeconds)) {
        await this.commands.execute(new EnqueueBuild(id, attempt));
      }
      await this.ledger.expire();
      await this.ledger.forgetIdempotencyKeys();
    } catch (error) {
      this.logger.warn({ err: error }, 'sweep interrupted; the next one goes on');
    }
  }
}
