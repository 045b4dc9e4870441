import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, PutWorkspaceMember, type WorkspaceMemberView, type WorkspaceRole } from '#contracts';
import { AuditTrail, Clock, Database } from '#platform';
import { refuseLosingLastOwner } from './refuse-losing-last-owner.ts';
import { type MemberRow, memberView } from './member-view.ts';

@CommandHandler(PutWorkspaceMember)
export class PutWorkspaceMemberHandler implements ICommandHandler<PutWorkspaceMember> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute({ workspace, subject, role }: PutWorkspaceMember): Promise<WorkspaceMemberView> {
    const { organizationId, workspaceId } = workspace;
    return this.database.transaction(organizationId, async (tx) => {
      if (role !== 'owner') {
        await refuseLosingLastOwner(
          tx,
          'projects.workspace_member',
          { column: 'workspace_id', id: workspaceId },
          subject,
        );
      }
      const [row] = await tx.query<(MemberRow<WorkspaceRole> & { added: boolean })[]>(
        `with member as (select id, subject, name, email from projects.member where organization_id = $2 and subject = $3),
         written as (
           insert into projects.workspace_member (workspace_id, organization_id, subject, role, created_at, updated_at)
           select $1, $2, subject, $4, $5, $5 from member
           on conflict (workspace_id, subject) do update set role = excluded.role, updated_at = excluded.updated_at
           returning role, created_at, created_at = updated_at as added
         )
         select member.id, member.subject, written.role, member.name, member.email, written.created_at, written.added
         from member, written`,
        [workspaceId, organizationId, subject, role, this.clock.now()],
      );
      if (!row) {
        throw new AppError('conflict', {
          detail: 'This person is no member of the organization: an owner of the organization must add them first.',
        });
      }
      await this.audit.record(tx, row.added ? 'member.added' : 'member.updated', workspace, row.id, { role });
      return memberView(row);
    });
  }
}
