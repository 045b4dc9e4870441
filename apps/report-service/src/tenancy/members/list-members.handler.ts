import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Page, ListMembers, type MemberView, type OrganizationRole } from '#contracts';
import { Database } from '#platform';
import { memberView } from './member-view.ts';
import { pageOf } from '../page-of.ts';

@QueryHandler(ListMembers)
export class ListMembersHandler implements IQueryHandler<ListMembers> {
  constructor(private readonly database: Database) {}

  async execute({ organization: { organizationId }, page }: ListMembers): Promise<Page<MemberView>> {
    return this.database.read(organizationId, (tx) =>
      pageOf(
        tx,
        {
          columns: 'id, subject, role, name, email, created_at',
          from: 'projects.member where organization_id = $1',
          order: 'subject',
          values: [organizationId],
        },
        page,
        memberView<OrganizationRole>,
      ),
    );
  }
}
