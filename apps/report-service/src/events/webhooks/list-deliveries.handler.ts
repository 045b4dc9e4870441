import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { type DeliveryView, GetWebhook, ListDeliveries } from '#contracts';
import { Database } from '#platform';

/** Deliveries as the API shows them, of `events.delivery d`. */
export const deliverySelect = `select d.id, d.event_id, p.type as event_type,
    case when d.next_attempt_at is not null then 'pending' when d.delivered_at is not null then 'delivered'
      when d.cancelled_at is not null then 'cancelled' else 'failed' end as status,
    d.attempts, d.next_attempt_at, d.delivered_at, d.last_status, d.last_error, d.created_at
  from events.delivery d join events.published p on p.id = d.event_id`;

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
