import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, DataDeleted, DeleteImport, type Transaction, WithdrawBuilds } from '#contracts';
import { AuditTrail, Database, lockProject, Outbox } from '#platform';
import { takeBackFacts } from './take-back-facts.ts';

@CommandHandler(DeleteImport)
export class DeleteImportHandler implements ICommandHandler<DeleteImport> {
  constructor(
    private readonly database: Database,
    private readonly commands: CommandBus,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ project, importId }: DeleteImport): Promise<void> {
    const { organizationId, projectId } = project;
    await this.database.transaction(organizationId, async (tx) => {
      await lockProject(tx, projectId);
      // The import of an export takes along what it brought back.
      const imports = await tx.query<{ id: string; restored_by: string | null; sha256: string | null }[]>(
        `select id, restored_by, sha256 from findings.import_run
         where project_id = $1 and (id = $2 or restored_by = $2) for update`,
        [projectId, importId],
      );
      const [own] = imports.filter(({ id }) => id === importId);
      if (!own) throw new AppError('not_found');
      for (const { id } of imports) await remove(tx, id);
      if (own.restored_by !== null) {
        // What is left of that export is no longer the file: importing it again is not a repeat.
        await tx.query(`update findings.import_run set lacks = lacks || $2::text where id = $1`, [
          own.restored_by,
          own.sha256 ?? own.id,
        ]);
      }
      const ids = imports.map(({ id }) => id);
      await this.commands.execute(new WithdrawBuilds(project, ids, tx));
      await this.audit.record(tx, 'import.deleted', project, importId);
      const payload = { kind: 'import', project_id: projectId } as const;
      await this.outbox.add(tx, new DataDeleted(organizationId, importId, payload));
    });
  }
}

async function remove(tx: Transaction, importId: string): Promise<void> {
  // Its place in the line of versions goes to the next: what it superseded is superseded by what superseded it, if any.
  await tx.query(
    `update findings.attack_run older set superseded_by = mine.superseded_by
     from findings.attack_run mine
     where older.superseded_by = $1 and mine.import_id = $1
       and mine.assessment_id = older.assessment_id and mine.run_key = older.run_key`,
    [importId],
  );
  // All trials in one go; by the foreign key they would be looked for run by run.
  await tx.query(
    `delete from findings.trial t using findings.attack_run r where r.id = t.attack_run_id and r.import_id = $1`,
    [importId],
  );
  await takeBackFacts(tx, importId);
  // An assessment that was made by request has its id as key, and stays without a file.
  await tx.query(
    `with fed as (delete from findings.assessment_import where import_id = $1 returning assessment_id)
     delete from findings.assessment a using fed
     where a.id = fed.assessment_id and a.key <> a.id::text
       and not exists (select from findings.assessment_import o where o.assessment_id = a.id and o.import_id <> $1)`,
    [importId],
  );
  await tx.query('delete from findings.import_run where id = $1', [importId]);
}
