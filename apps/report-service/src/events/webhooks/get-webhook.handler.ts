import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError, GetWebhook, type WebhookView } from '#contracts';
import { Database } from '#platform';
import { webhookColumns } from './webhook-row.ts';

@QueryHandler(GetWebhook)
export class GetWebhookHandler implements IQueryHandler<GetWebhook> {
  constructor(private readonly database: Database) {}

  async execute({ organizationId, webhookId }: GetWebhook): Promise<WebhookView> {
    const [row] = await this.database.read(organizationId, (tx) =>
      tx.query<WebhookView[]>(`select ${webhookColumns} from events.webhook where organization_id = $1 and id = $2`, [
        organizationId,
        webhookId,
      ]),
    );
    if (!row) throw new AppError('not_found');
    return row;
  }
}
