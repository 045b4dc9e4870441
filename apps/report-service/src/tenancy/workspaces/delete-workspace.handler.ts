import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, DeleteWorkspace } from '#contracts';
import { AuditTrail, Database, Outbox } from '#platform';
import { removeProject } from '../remove-project.ts';

@CommandHandler(DeleteWorkspace)
export class DeleteWorkspaceHandler implements ICommandHandler<DeleteWorkspace> {
  constructor(
    private readonly database: Database,
    private readonly commands: CommandBus,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** One transaction, as for a project: all of it goes, or nothing. */
  async execute({ workspace }: DeleteWorkspace): Promise<void> {
    const { organizationId, workspaceId } = workspace;
    await this.database.transaction(organizationId, async (tx) => {
      // Keeps out projects that would be made meanwhile: their foreign key waits, and then fails.
      const found = await tx.query<unknown[]>('select from projects.workspace where id = $1 for update', [workspaceId]);
      if (found.length === 0) throw new AppError('not_found');
      const projects = await tx.query<{ id: string }[]>(
        'select id from projects.project where workspace_id = $1 order by id for update',
        [workspaceId],
      );
      for (const { id: projectId } of projects) {
        await removeProject({ organizationId, projectId }, tx, this.commands, this.outbox);
        await this.audit.record(tx, 'project.deleted', { ...workspace, projectId }, projectId);
      }
      await tx.query('delete from projects.workspace where id = $1', [workspaceId]);
      await this.audit.record(tx, 'workspace.deleted', workspace, workspaceId, { projects: projects.length });
    });
  }
}
