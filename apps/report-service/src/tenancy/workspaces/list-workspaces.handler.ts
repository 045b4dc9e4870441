import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Page, ListWorkspaces, type PlaceView } from '#contracts';
import { Database } from '#platform';
import { pageOf } from '../page-of.ts';
import { placeColumns, placeView } from '../place-view.ts';

@QueryHandler(ListWorkspaces)
export class ListWorkspacesHandler implements IQueryHandler<ListWorkspaces> {
  constructor(private readonly database: Database) {}

  async execute({ organization: { organizationId }, caller, page }: ListWorkspaces): Promise<Page<PlaceView>> {
    return this.database.read(organizationId, (tx) =>
      pageOf(
        tx,
        {
          columns: placeColumns,
          from: `projects.workspace where organization_id = $1 and ${visible}`,
          order: 'slug',
          values: [organizationId, caller?.boundTo ?? null, caller?.kind === 'user' ? caller.id : null],
        },
        page,
        placeView,
      ),
    );
  }
}

/** $2: the workspace that a key is held to; $3: the person, who sees those with a role, and all as owner. */
const visible = `($2::uuid is null or id = $2) and ($3::uuid is null or exists (
  select from projects.member m
  left join projects.workspace_member r on r.organization_id = m.organization_id and r.subject = m.subject
    and r.workspace_id = workspace.id
  where m.organization_id = workspace.organization_id and m.id = $3 and (m.role = 'owner' or r.role is not null)))`;
