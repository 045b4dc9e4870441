import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, DeleteProject } from '#contracts';
import { AuditTrail, Database, Outbox } from '#platform';
import { removeProject } from '../remove-project.ts';

@CommandHandler(DeleteProject)
export class DeleteProjectHandler implements ICommandHandler<DeleteProject> {
  constructor(
    private readonly database: Database,
    private readonly commands: CommandBus,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** One transaction: all of it goes, or nothing. */
  async execute({ project }: DeleteProject): Promise<void> {
    const { organizationId, projectId } = project;
    await this.database.transaction(organizationId, async (tx) => {
      // Waits for imports that are just ending, and keeps out what would be added meanwhile.
      const rows = await tx.query<unknown[]>('select from projects.project where id = $1 for update', [projectId]);
      if (rows.length === 0) throw new AppError('not_found');
      await removeProject(project, tx, this.commands, this.outbox);
      await this.audit.record(tx, 'project.deleted', project, projectId);
    });
  }
}
