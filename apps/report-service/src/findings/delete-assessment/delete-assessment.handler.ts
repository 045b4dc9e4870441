import { CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { AppError, DataDeleted, DeleteAssessment, type Transaction, WithdrawBuilds } from '#contracts';
import { AuditTrail, Database, lockProject, Outbox } from '#platform';
import { projectOfRow } from '../project-of-row.ts';

@CommandHandler(DeleteAssessment)
export class DeleteAssessmentHandler implements ICommandHandler<DeleteAssessment> {
  constructor(
    readonly database: Database,
    readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ workspace, assessmentId }: DeleteAssessment): Promise<void> {
    const project = await projectOfRow(this, workspace, 'assessment', assessmentId);
    const { organizationId, projectId } = project;
    await this.database.transaction(organizationId, async (tx) => {
      await lockProject(tx, projectId);
      const [assessment] = await tx.query<{ key: string; imports: string[] }[]>(
        `select key, array(select import_id from findings.assessment_import where assessment_id = a.id) as imports
         from findings.assessment a where id = $1 and project_id = $2 for update`,
        [assessmentId, projectId],
      );
      if (!assessment) throw new AppError('not_found');
      await remove(tx, assessmentId);
      await shortenImports(tx, assessment);
      await this.commands.execute(new WithdrawBuilds(project, assessment.imports, tx));
      await this.audit.record(tx, 'assessment.deleted', project, assessmentId);
      const payload = { kind: 'assessment', project_id: projectId } as const;
      await this.outbox.add(tx, new DataDeleted(organizationId, assessmentId, payload));
    });
  }
}

async function remove(tx: Transaction, assessmentId: string): Promise<void> {
  // All trials in one go; by the foreign key they would be looked for run by run.
  await tx.query(
    `delete from findings.trial t using findings.attack_run r where r.id = t.attack_run_id and r.assessment_id = $1`,
    [assessmentId],
  );
  await tx.query('delete from findings.assessment where id = $1', [assessmentId]);
}

/** Imports that fed nothing else go. The others are no longer what their file says, and a repeat of it is none. */
async function shortenImports(
  tx: Transaction,
  { key, imports }: { readonly key: string; readonly imports: readonly string[] },
): Promise<void> {
  const hash = `encode(sha256(convert_to($2, 'UTF8')), 'hex')`;
  await tx.query(
    `update findings.import_run set lacks = lacks || ${hash} where id = any($1::uuid[])
       or id in (select restored_by from findings.import_run where id = any($1::uuid[]))`,
    [imports, key],
  );
  await tx.query(
    `delete from findings.import_run r where id = any($1::uuid[])
       and not exists (select from findings.assessment_import i where i.import_id = r.id)`,
    [imports],
  );
}
