import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError, GetOrganization, type PlaceView } from '#contracts';
import { Database } from '#platform';
import { type PlaceRow, placeColumns, placeView } from '../place-view.ts';

@QueryHandler(GetOrganization)
export class GetOrganizationHandler implements IQueryHandler<GetOrganization> {
  constructor(private readonly database: Database) {}

  async execute({ organization: { organizationId } }: GetOrganization): Promise<PlaceView> {
    const [row] = await this.database.read(organizationId, (tx) =>
      tx.query<PlaceRow[]>(`select ${placeColumns} from projects.organization where id = $1`, [organizationId]),
    );
    if (!row) throw new AppError('not_found');
    return placeView(row);
  }
}
