import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, type PlaceView, UpdateOrganization } from '#contracts';
import { AuditTrail, changedRows, Database } from '#platform';
import { type PlaceRow, placeColumns, placeView } from '../place-view.ts';

@CommandHandler(UpdateOrganization)
export class UpdateOrganizationHandler implements ICommandHandler<UpdateOrganization> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ organization, name }: UpdateOrganization): Promise<PlaceView> {
    return this.database.transaction(organization.organizationId, async (tx) => {
      const [row] = await changedRows<PlaceRow>(
        tx,
        `update projects.organization set name = coalesce($1, name) where id = $2 returning ${placeColumns}`,
        [name ?? null, organization.organizationId],
      );
      if (!row) throw new AppError('not_found');
      await this.audit.record(tx, 'organization.updated', organization, row.id);
      return placeView(row);
    });
  }
}
