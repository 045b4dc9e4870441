import { Inject, Injectable } from '@nestjs/common';
import { BackgroundLoop, CONFIG, type Config, Database } from '#platform';

/** Ends imports whose process died: they kept nothing, and nobody should wait for them. */
@Injectable()
export class SweepImports extends BackgroundLoop {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super(Math.min(config.imports.staleSeconds, 30) * 1_000, 'stale imports could not be swept; trying again later');
  }

  protected async run(): Promise<boolean> {
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
    return false;
  }
}
