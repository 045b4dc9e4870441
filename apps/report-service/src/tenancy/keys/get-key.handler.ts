import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError, GetKey, type KeyView } from '#contracts';
import { Database } from '#platform';
import { keyColumns, type KeyRow, keysFrom, keyView } from '../key-view.ts';

@QueryHandler(GetKey)
export class GetKeyHandler implements IQueryHandler<GetKey> {
  constructor(private readonly database: Database) {}

  async execute({ organization: { organizationId }, keyId }: GetKey): Promise<KeyView> {
    const [row] = await this.database.read(organizationId, (tx) =>
      tx.query<KeyRow[]>(`select ${keyColumns} from ${keysFrom} and k.id = $2`, [organizationId, keyId]),
    );
    if (!row) throw new AppError('not_found');
    return keyView(row);
  }
}
