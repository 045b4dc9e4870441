import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, CreateOrganization, type NewKeyView, type PlaceView, scopes } from '#contracts';
import { AuditTrail, Clock, Database } from '#platform';
import { insertKey } from '../insert-key.ts';
import { type PlaceRow, placeColumns, placeView } from '../place-view.ts';
import { userId } from '../user-id.ts';

@CommandHandler(CreateOrganization)
export class CreateOrganizationHandler implements ICommandHandler<CreateOrganization> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute({
    organization,
    owner,
    createdBy,
  }: CreateOrganization): Promise<PlaceView & { readonly first_key: NewKeyView }> {
    const organizationId = randomUUID();
    // As the organization that is being made: it is the only one whose rows may be written then.
    return this.database.transaction(organizationId, async (tx) => {
      const [made] = await tx.query<PlaceRow[]>(
        `insert into projects.organization (id, slug, name, created_at) values ($1, $2, $3, $4)
         on conflict (slug) do nothing returning ${placeColumns}`,
        [organizationId, organization.slug, organization.name, this.clock.now()],
      );
      if (!made) throw new AppError('already_exists', { detail: 'An organization with this slug already exists.' });
      if (owner !== null) {
        await tx.query(
          `insert into projects.member (organization_id, subject, id, role) values ($1, $2, $3, 'owner')`,
          [organizationId, owner, userId(owner)],
        );
      }
      const first_key = await insertKey(tx, {
        organizationId,
        name: 'first',
        scopes,
        workspace: null,
        expiresAt: null,
        createdBy,
        at: this.clock.now(),
      });
      await this.audit.record(tx, 'organization.created', { organizationId }, organizationId);
      await this.audit.record(tx, 'key.created', { organizationId }, first_key.id);
      return { ...placeView(made), first_key };
    });
  }
}
