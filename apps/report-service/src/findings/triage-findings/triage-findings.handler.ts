import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type ProjectRef, TriageFindings, type TriageResult, type TriageSelection } from '#contracts';
import { AuditTrail, Database } from '#platform';
import { listCondition } from '../rows/list-condition.ts';
import { Parameters } from '../rows/row-query.ts';
import { triageStatement } from './triage-sql.ts';

interface TriagedRow {
  readonly chosen: number;
  readonly updated: number;
  readonly ids: readonly string[] | null;
}

@CommandHandler(TriageFindings)
export class TriageFindingsHandler implements ICommandHandler<TriageFindings> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  /** One statement: all of them, or none. */
  async execute({ project, selection, triage }: TriageFindings): Promise<TriageResult> {
    const parameters = new Parameters();
    const statement = triageStatement(chosenRuns(project, selection, parameters), triage, parameters);
    const { chosen, updated, ids } = await this.database.transaction(project.organizationId, async (tx) => {
      const [row] = await tx.query<TriagedRow[]>(statement, parameters.values);
      const result = row ?? { chosen: 0, updated: 0, ids: null };
      if (result.updated > 0) {
        await this.audit.record(tx, 'finding.triaged', project, null, { findings: result.updated });
      }
      return result;
    });
    const found = new Set(ids);
    return {
      updated,
      unchanged: chosen - updated,
      not_found: 'ids' in selection ? selection.ids.filter((id) => !found.has(id.toLowerCase())) : [],
    };
  }
}

function chosenRuns({ projectId }: ProjectRef, selection: TriageSelection, parameters: Parameters): string {
  const condition =
    'ids' in selection
      ? `id = any(${parameters.add(selection.ids)}::uuid[]) and project_id = ${parameters.add(projectId)}`
      : listCondition(projectId, selection, parameters);
  return `select id from findings.attack_run where ${condition}`;
}
