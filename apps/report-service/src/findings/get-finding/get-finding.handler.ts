import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { AppError, type FindingResponse, GetFinding } from '#contracts';
import { Database } from '#platform';
import { findingColumns, findingJoins, textLimits, topTrials } from '../finding-columns.ts';
import { projectOfRow } from '../project-of-row.ts';

@QueryHandler(GetFinding)
export class GetFindingHandler implements IQueryHandler<GetFinding> {
  constructor(
    readonly database: Database,
    readonly queries: QueryBus,
  ) {}

  async execute({ workspace, findingId, projectId }: GetFinding): Promise<FindingResponse> {
    const project = await projectOfRow(this, workspace, 'attack_run', findingId);
    if (projectId !== undefined && project.projectId !== projectId) throw new AppError('not_found');
    const rows: readonly FindingResponse[] = await this.database.read(workspace.organizationId, (tx) =>
      tx.query(
        `select ${findingColumns(textLimits.detail)}
         from findings.attack_run r ${findingJoins(textLimits.detail, topTrials.detail)} where r.id = $1`,
        [findingId],
      ),
    );
    const [finding] = rows;
    if (!finding) throw new AppError('not_found');
    return finding;
  }
}
