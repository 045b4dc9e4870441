import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, UpdateWebhook, type WebhookView } from '#contracts';
import { AuditTrail, changedRows, Database } from '#platform';
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
        `update events.webhook set url = $2, description = $3, event_types = $4, enabled = $5, disabled_reason = null,
           updated_at = now() where id = $1 returning ${webhookColumns}`,
        [
          webhookId,
          changes.url ?? webhook.url,
          changes.description === undefined ? webhook.description : changes.description,
          changes.eventTypes ?? webhook.event_types,
          changes.enabled ?? webhook.enabled,
        ],
      );
      if (!row) throw new AppError('not_found');
      await this.audit.record(tx, 'webhook.updated', { organizationId }, webhookId);
      return row;
    });
  }
}
