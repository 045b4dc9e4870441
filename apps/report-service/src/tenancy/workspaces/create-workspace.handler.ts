import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, CreateWorkspace, type PlaceView } from '#contracts';
import { AuditTrail, Clock, Database } from '#platform';
import { type PlaceRow, placeColumns, placeView } from '../place-view.ts';

@CommandHandler(CreateWorkspace)
export class CreateWorkspaceHandler implements ICommandHandler<CreateWorkspace> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute({ organization: { organizationId }, workspace }: CreateWorkspace): Promise<PlaceView> {
    return this.database.transaction(organizationId, async (tx) => {
      const [made] = await tx.query<PlaceRow[]>(
        `insert into projects.workspace (id, organization_id, slug, name, created_at) values ($1, $2, $3, $4, $5)
         on conflict (organization_id, slug) do nothing returning ${placeColumns}`,
        [randomUUID(), organizationId, workspace.slug, workspace.name, this.clock.now()],
      );
      if (!made) {
        throw new AppError('already_exists', {
          detail: 'A workspace with this slug already exists in the organization.',
        });
      }
      await this.audit.record(tx, 'workspace.created', { organizationId, workspaceId: made.id }, made.id);
      return placeView(made);
    });
  }
}
