import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type FindingDetail, GetFinding, TriageFinding } from '#contracts';
import { Database } from '#platform';
import { projectOfRow } from '../in-workspace.ts';
import { Parameters } from '../resolve-rows/row-query.ts';
import { triageStatement } from './triage-sql.ts';

@CommandHandler(TriageFinding)
export class TriageFindingHandler implements ICommandHandler<TriageFinding> {
  constructor(
    readonly database: Database,
    readonly queries: QueryBus,
  ) {}

  async execute({ workspace, findingId, triage }: TriageFinding): Promise<FindingDetail> {
    await projectOfRow(this, workspace, 'attack_run', findingId);
    const parameters = new Parameters();
    const statement = triageStatement(`select ${parameters.add(findingId)}::uuid`, triage, parameters);
    await this.database.transaction(workspace.organizationId, (tx) => tx.query(statement, parameters.values));
    return this.queries.execute(new GetFinding(workspace, findingId));
  }
}
