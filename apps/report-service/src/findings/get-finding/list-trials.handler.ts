import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { type FindingTrialResponse, ListTrials, type Page } from '#contracts';
import { Database } from '#platform';
import { textLimits, trialColumns } from '../finding-columns.ts';
import { projectOfRow } from '../project-of-row.ts';

@QueryHandler(ListTrials)
export class ListTrialsHandler implements IQueryHandler<ListTrials> {
  constructor(
    readonly database: Database,
    readonly queries: QueryBus,
  ) {}

  async execute({ workspace, findingId, page }: ListTrials): Promise<Page<FindingTrialResponse>> {
    await projectOfRow(this, workspace, 'attack_run', findingId);
    return this.database.snapshot(workspace.organizationId, async (snapshot) => {
      const rows = await snapshot.query<FindingTrialResponse>(
        `select ${trialColumns(textLimits.detail)} from findings.trial t where t.attack_run_id = $1
         order by t.ordinal limit $2 offset $3`,
        [findingId, page.limit, (page.page - 1) * page.limit],
      );
      const [all] = await snapshot.query<{ total: number }>(
        'select count(*)::int as total from findings.trial where attack_run_id = $1',
        [findingId],
      );
      return { entries: rows, total: all?.total ?? 0 };
    });
  }
}
