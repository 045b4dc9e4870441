import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, RemoveWorkspaceMember } from '#contracts';
import { AuditTrail, changedCount, Database } from '#platform';
import { refuseLosingLastOwner } from './refuse-losing-last-owner.ts';
import { userId } from '../user-id.ts';

@CommandHandler(RemoveWorkspaceMember)
export class RemoveWorkspaceMemberHandler implements ICommandHandler<RemoveWorkspaceMember> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ workspace, subject }: RemoveWorkspaceMember): Promise<void> {
    await this.database.transaction(workspace.organizationId, async (tx) => {
      await refuseLosingLastOwner(
        tx,
        'projects.workspace_member',
        { column: 'workspace_id', id: workspace.workspaceId },
        subject,
      );
      const removed = await changedCount(
        tx,
        'delete from projects.workspace_member where workspace_id = $1 and organization_id = $2 and subject = $3',
        [workspace.workspaceId, workspace.organizationId, subject],
      );
      if (removed === 0) throw new AppError('not_found');
      await this.audit.record(tx, 'member.removed', workspace, userId(subject));
    });
  }
}
