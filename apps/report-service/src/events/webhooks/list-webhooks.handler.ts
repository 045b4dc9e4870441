import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ListWebhooks, type WebhookView } from '#contracts';
import { Database } from '#platform';
import { webhookColumns } from './webhook-row.ts';

@QueryHandler(ListWebhooks)
export class ListWebhooksHandler implements IQueryHandler<ListWebhooks> {
  constructor(private readonly database: Database) {}

  execute({ organizationId }: ListWebhooks): Promise<readonly WebhookView[]> {
    return this.database.read(organizationId, (tx) =>
      tx.query<WebhookView[]>(
        `select ${webhookColumns} from events.webhook where organization_id = $1 order by created_at, id`,
        [organizationId],
      ),
    );
  }
}
