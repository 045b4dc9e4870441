import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, UpdateWebhook, type WebhookView } from '#contracts';
import { AuditTrail, changedRows, Database } from '#platform';
import { cancelDeliveries } from '../cancel-deliveries.ts';
import { lockWebhook, webhookColumns } from './webhook-row.ts';

@CommandHandler(UpdateWebhook)
export class UpdateWebhookHandler implements ICommandHandler<UpdateWebhook> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ organizationId, webhookId, changes }: UpdateWebhook): Promise<WebhookView> {
    return this.database.transaction(organizationId, async (tx) => {
      const webhook = await lockWebhook(tx, organizationId, webhookId);
      const [row] = await changedRows<WebhookView>(
        tx,
        `update events.webhook set url = $2, description = $3, event_types = $4, enabled = $5,
           disabled_reason = case when $6 then null else disabled_reason end,
           timeouts = case when $6 then 0 else timeouts end,
           timing_out_since = case when $6 then null else timing_out_since end, updated_at = now()
         where id = $1 returning ${webhookColumns}`,
        [
          webhookId,
          changes.url ?? webhook.url,
          changes.description === undefined ? webhook.description : changes.description,
          changes.eventTypes ?? webhook.event_types,
          changes.enabled ?? webhook.enabled,
          changes.enabled !== undefined,
        ],
      );
      if (!row) throw new AppError('not_found');
      if (!row.enabled) await cancelDeliveries(tx, webhookId);
      await this.audit.record(tx, 'webhook.updated', { organizationId }, webhookId);
      return row;
    });
  }
}
