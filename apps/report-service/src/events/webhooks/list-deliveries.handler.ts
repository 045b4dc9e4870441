import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { type DeliveryView, GetWebhook, ListDeliveries } from '#contracts';
import { Database } from '#platform';
import { deliverySelect } from './webhook-row.ts';

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(
    private readonly database: Database,
    private readonly queries: QueryBus,
  ) {}

  async execute({ organizationId, webhookId }: ListDeliveries): Promise<readonly DeliveryView[]> {
    await this.queries.execute(new GetWebhook(organizationId, webhookId));
    return this.database.read(organizationId, (tx) =>
      tx.query<DeliveryView[]>(`${deliverySelect} where d.webhook_id = $1 order by p.position desc limit 100`, [
        webhookId,
      ]),
    );
  }
}
