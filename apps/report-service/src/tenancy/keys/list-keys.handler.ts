import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type KeyView, type Page, ListKeys } from '#contracts';
import { Database } from '#platform';
import { keyColumns, keysFrom, keyView } from '../key-view.ts';
import { pageOf } from '../page-of.ts';

@QueryHandler(ListKeys)
export class ListKeysHandler implements IQueryHandler<ListKeys> {
  constructor(private readonly database: Database) {}

  async execute({ organization: { organizationId }, page }: ListKeys): Promise<Page<KeyView>> {
    return this.database.read(organizationId, (tx) =>
      pageOf(
        tx,
        { columns: keyColumns, from: keysFrom, order: 'k.created_at desc, k.id desc', values: [organizationId] },
        page,
        keyView,
      ),
    );
  }
}
