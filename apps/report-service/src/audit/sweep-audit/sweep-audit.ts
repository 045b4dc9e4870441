import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config, Database } from '#platform';

const everyMs = 60 * 60_000;
/** Rows a statement: a log of years does not become one long transaction. */
const batch = 5_000;

/** Removes entries past their retention, once an hour. Any number may run at once. */
@Injectable()
export class SweepAudit implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SweepAudit.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly database: Database,
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
        this.schedule(everyMs);
      });
    }, afterMs);
  }

  private async sweep(): Promise<void> {
    try {
      for (let removed = batch; removed === batch && !this.stopped;) removed = await this.removeBatch();
    } catch (error) {
      this.logger.warn({ err: error }, 'sweep of the audit log interrupted; the next one goes on');
    }
  }

  private async removeBatch(): Promise<number> {
    return this.database.background(async (tx) => {
      const [, removed] = await tx.query<[unknown[], number]>(
        `delete from audit.entry where id in (
           select id from audit.entry where at < now() - make_interval(days => $1::int) order by at limit $2)`,
        [this.config.audit.retentionDays, batch],
      );
      return removed;
    });
  }
}
