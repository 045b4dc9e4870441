import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, type PlaceView, UpdateWorkspace } from '#contracts';
import { AuditTrail, changedRows, Database } from '#platform';
import { type PlaceRow, placeColumns, placeView } from '../place-view.ts';

@CommandHandler(UpdateWorkspace)
export class UpdateWorkspaceHandler implements ICommandHandler<UpdateWorkspace> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ workspace, name }: UpdateWorkspace): Promise<PlaceView> {
    return this.database.transaction(workspace.organizationId, async (tx) => {
      const [row] = await changedRows<PlaceRow>(
        tx,
        `update projects.workspace set name = coalesce($1, name) where id = $2 and organization_id = $3 returning ${placeColumns}`,
        [name ?? null, workspace.workspaceId, workspace.organizationId],
      );
      if (!row) throw new AppError('not_found');
      await this.audit.record(tx, 'workspace.updated', workspace, row.id);
      return placeView(row);
    });
  }
}
