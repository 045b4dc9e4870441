import { Inject, Injectable } from '@nestjs/common';
import { BackgroundLoop, changedCount, CONFIG, type Config, Database } from '#platform';

const everyMs = 60 * 60_000;
/** Rows a statement: a log of years does not become one long transaction. */
const batch = 5_000;

/** Removes entries past their retention, once an hour. Any number may run at once. */
@Injectable()
export class SweepAudit extends BackgroundLoop {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super(everyMs, 'sweep of the audit log interrupted; the next one goes on');
  }

  protected async run(): Promise<boolean> {
    const removed = await this.database.background((tx) =>
      changedCount(
        tx,
        `delete from audit.entry where id in (
           select id from audit.entry where at < now() - make_interval(days => $1::int) order by at limit $2)`,
        [this.config.audit.retentionDays, batch],
      ),
    );
    return removed === batch;
  }
}
