import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, type DeliveryView, RedeliverEvent } from '#contracts';
import { AuditTrail, Database } from '#platform';
import { deliverySelect } from './list-deliveries.handler.ts';
import { lockWebhook } from './webhook-row.ts';

@CommandHandler(RedeliverEvent)
export class RedeliverEventHandler implements ICommandHandler<RedeliverEvent> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ organizationId, webhookId, deliveryId }: RedeliverEvent): Promise<DeliveryView> {
    return this.database.transaction(organizationId, async (tx) => {
      const webhook = await lockWebhook(tx, organizationId, webhookId);
      const read = async (): Promise<DeliveryView> => {
        const [row] = await tx.query<DeliveryView[]>(`${deliverySelect} where d.webhook_id = $1 and d.id = $2`, [
          webhookId,
          deliveryId,
        ]);
        if (!row) throw new AppError('not_found');
        return row;
      };
      const delivery = await read();
      if (!webhook.enabled) throw new AppError('conflict', { detail: 'The webhook is switched off.' });
      if (delivery.status === 'pending') throw new AppError('conflict', { detail: 'The delivery is still under way.' });
      await tx.query(
        `update events.delivery set attempts = 0, next_attempt_at = now(), delivered_at = null, cancelled_at = null
         where id = $1`,
        [deliveryId],
      );
      await this.audit.record(tx, 'webhook.redelivered', { organizationId }, webhookId);
      return read();
    });
  }
}
