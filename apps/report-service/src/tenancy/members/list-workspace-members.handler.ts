import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Page, ListWorkspaceMembers, type WorkspaceMemberView, type WorkspaceRole } from '#contracts';
import { Database } from '#platform';
import { memberView } from './member-view.ts';
import { pageOf } from '../page-of.ts';

@QueryHandler(ListWorkspaceMembers)
export class ListWorkspaceMembersHandler implements IQueryHandler<ListWorkspaceMembers> {
  constructor(private readonly database: Database) {}

  async execute({ workspace, page }: ListWorkspaceMembers): Promise<Page<WorkspaceMemberView>> {
    return this.database.read(workspace.organizationId, (tx) =>
      pageOf(
        tx,
        {
          columns: 'm.id, m.subject, r.role, m.name, m.email, r.created_at',
          from: `projects.workspace_member r join projects.member m using (organization_id, subject)
                 where r.workspace_id = $1 and r.organization_id = $2`,
          order: 'm.subject',
          values: [workspace.workspaceId, workspace.organizationId],
        },
        page,
        memberView<WorkspaceRole>,
      ),
    );
  }
}
