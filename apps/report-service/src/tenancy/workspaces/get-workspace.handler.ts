import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError, GetWorkspace, type PlaceView } from '#contracts';
import { Database } from '#platform';
import { type PlaceRow, placeColumns, placeView } from '../place-view.ts';

@QueryHandler(GetWorkspace)
export class GetWorkspaceHandler implements IQueryHandler<GetWorkspace> {
  constructor(private readonly database: Database) {}

  async execute({ workspace: { organizationId, workspaceId } }: GetWorkspace): Promise<PlaceView> {
    const [row] = await this.database.read(organizationId, (tx) =>
      tx.query<PlaceRow[]>(`select ${placeColumns} from projects.workspace where id = $1 and organization_id = $2`, [
        workspaceId,
        organizationId,
      ]),
    );
    if (!row) throw new AppError('not_found');
    return placeView(row);
  }
}
