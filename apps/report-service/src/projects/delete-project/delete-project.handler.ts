import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, DataDeleted, DeleteProject, WithdrawBuilds } from '#contracts';
import { AuditTrail, Database, Outbox } from '#platform';

@CommandHandler(DeleteProject)
export class DeleteProjectHandler implements ICommandHandler<DeleteProject> {
  constructor(
    private readonly database: Database,
    private readonly commands: CommandBus,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** One transaction: rows of all modules go by their foreign key, and orders for the objects in the store are left. */
  async execute({ project }: DeleteProject): Promise<void> {
    const { organizationId, projectId } = project;
    await this.database.transaction(organizationId, async (tx) => {
      // Waits for imports that are just ending, and keeps out what would be added meanwhile.
      const rows = await tx.query<unknown[]>('select from projects.project where id = $1 for update', [projectId]);
      if (rows.length === 0) throw new AppError('not_found');
      await this.commands.execute(new WithdrawBuilds(project, null, tx));
      await tx.query('delete from projects.project where id = $1', [projectId]);
      await this.audit.record(tx, 'project.deleted', project, projectId);
      const payload = { kind: 'project', project_id: projectId } as const;
      await this.outbox.add(tx, new DataDeleted(organizationId, projectId, payload));
    });
  }
}
