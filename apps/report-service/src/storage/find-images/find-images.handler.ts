import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { FindImages } from '#contracts';
import { Database } from '#platform';
import { isImageOf } from '../image-key.ts';

@QueryHandler(FindImages)
export class FindImagesHandler implements IQueryHandler<FindImages> {
  constructor(private readonly database: Database) {}

  async execute({ organizationId, ids }: FindImages): Promise<ReadonlySet<string>> {
    const own = ids.filter((id) => isImageOf(organizationId, id));
    if (own.length === 0) return new Set();
    const found = await this.database.read(organizationId, (tx) =>
      tx.query<{ object_key: string }[]>(
        'select object_key from storage.image where object_key = any($1) and stored_at is not null',
        [own],
      ),
    );
    return new Set(found.map(({ object_key }) => object_key));
  }
}
