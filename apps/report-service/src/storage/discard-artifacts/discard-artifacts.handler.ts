import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DiscardArtifacts } from '#contracts';
import { Database } from '#platform';
import { SweepDiscards } from './sweep-discards.ts';

@CommandHandler(DiscardArtifacts)
export class DiscardArtifactsHandler implements ICommandHandler<DiscardArtifacts> {
  constructor(
    private readonly database: Database,
    private readonly sweeper: SweepDiscards,
  ) {}

  async execute({ organizationId, buildId, keep }: DiscardArtifacts): Promise<void> {
    await this.database.background((tx) =>
      tx.query(
        // Orders may come twice and in any order: nothing wanted at all is the last word.
        `insert into storage.discard as d (build_id, organization_id, keep) values ($1, $2, $3)
         on conflict (build_id) do update set keep = case when d.keep is null then null else excluded.keep end,
           ordered_at = now(), next_attempt_at = now(), failures = 0`,
        [buildId, organizationId, keep],
      ),
    );
    this.sweeper.runSoon();
  }
}
