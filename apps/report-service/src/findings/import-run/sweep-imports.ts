import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config, Database } from '#platform';

/** Ends imports whose process died: they kept nothing, and nobody should wait for them. */
@Injectable()
export class SweepImports implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SweepImports.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), Math.min(this.config.imports.staleSeconds, 30) * 1_000);
    void this.sweep();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async sweep(): Promise<void> {
    try {
      // SKIP LOCKED: a row that its import is just completing is not stale, however long the last step took.
      await this.database.background((tx) =>
        tx.query(
          `update findings.import_run set status = 'failed', completed_at = now(),
             error = '[{"loc": ["file"], "msg": "the import was interrupted", "type": "interrupted"}]'
           where id in (
             select id from findings.import_run
             where status not in ('completed', 'failed') and heartbeat_at < now() - make_interval(secs => $1)
             for update skip locked)`,
          [this.config.imports.staleSeconds],
        ),
      );
    } catch (error) {
      this.logger.warn({ err: error }, 'stale imports could not be swept; trying again later');
    }
  }
}
