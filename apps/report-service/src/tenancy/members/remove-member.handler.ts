import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, RemoveMember } from '#contracts';
import { AuditTrail, changedRows, Database } from '#platform';
import { refuseLosingLastOwner } from './refuse-losing-last-owner.ts';

@CommandHandler(RemoveMember)
export class RemoveMemberHandler implements ICommandHandler<RemoveMember> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ organization: { organizationId }, subject }: RemoveMember): Promise<void> {
    await this.database.transaction(organizationId, async (tx) => {
      await refuseLosingLastOwner(tx, 'projects.member', { column: 'organization_id', id: organizationId }, subject);
      const [removed] = await changedRows<{ id: string }>(
        tx,
        'delete from projects.member where organization_id = $1 and subject = $2 returning id',
        [organizationId, subject],
      );
      if (!removed) throw new AppError('not_found');
      await this.audit.record(tx, 'member.removed', { organizationId }, removed.id);
    });
  }
}
