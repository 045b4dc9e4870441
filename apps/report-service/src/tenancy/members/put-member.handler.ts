import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type MemberView, type OrganizationRole, PutMember } from '#contracts';
import { AuditTrail, Clock, Database } from '#platform';
import { refuseLosingLastOwner } from './refuse-losing-last-owner.ts';
import { type MemberRow, memberView } from './member-view.ts';
import { userId } from '../user-id.ts';

@CommandHandler(PutMember)
export class PutMemberHandler implements ICommandHandler<PutMember> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute({ organization: { organizationId }, subject, member }: PutMember): Promise<MemberView> {
    const { role } = member;
    return this.database.transaction(organizationId, async (tx) => {
      if (role !== 'owner') {
        await refuseLosingLastOwner(tx, 'projects.member', { column: 'organization_id', id: organizationId }, subject);
      }
      const [row] = await tx.query<(MemberRow<OrganizationRole> & { added: boolean })[]>(
        `insert into projects.member (organization_id, subject, id, role, name, email, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (organization_id, subject) do update
           set role = excluded.role, name = excluded.name, email = excluded.email, updated_at = excluded.updated_at
         returning id, subject, role, name, email, created_at, created_at = updated_at as added`,
        [organizationId, subject, userId(subject), role, member.name ?? null, member.email ?? null, this.clock.now()],
      );
      if (!row) throw new Error('The member that was just written is gone.');
      await this.audit.record(tx, row.added ? 'member.added' : 'member.updated', { organizationId }, row.id, { role });
      return memberView(row);
    });
  }
}
