import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type FindingResponse, GetFinding, TriageFinding } from '#contracts';
import { AuditTrail, Database } from '#platform';
import { projectOfRow } from '../project-of-row.ts';
import { Parameters } from '../rows/row-query.ts';
import { triageStatement } from './triage-sql.ts';

@CommandHandler(TriageFinding)
export class TriageFindingHandler implements ICommandHandler<TriageFinding> {
  constructor(
    readonly database: Database,
    private readonly audit: AuditTrail,
    readonly queries: QueryBus,
  ) {}

  async execute({ workspace, findingId, triage }: TriageFinding): Promise<FindingResponse> {
    const { projectId } = await projectOfRow(this, workspace, 'attack_run', findingId);
    const parameters = new Parameters();
    const statement = triageStatement(`select ${parameters.add(findingId)}::uuid`, triage, parameters);
    await this.database.transaction(workspace.organizationId, async (tx) => {
      await tx.query(statement, parameters.values);
      await this.audit.record(tx, 'finding.triaged', { ...workspace, projectId }, findingId);
    });
    return this.queries.execute(new GetFinding(workspace, findingId));
  }
}
