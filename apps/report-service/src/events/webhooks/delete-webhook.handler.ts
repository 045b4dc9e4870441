import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeleteWebhook } from '#contracts';
import { AuditTrail, Database } from '#platform';
import { lockWebhook } from './webhook-row.ts';

@CommandHandler(DeleteWebhook)
export class DeleteWebhookHandler implements ICommandHandler<DeleteWebhook> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ organizationId, webhookId }: DeleteWebhook): Promise<void> {
    await this.database.transaction(organizationId, async (tx) => {
      await lockWebhook(tx, organizationId, webhookId);
      await tx.query('delete from events.webhook where id = $1', [webhookId]);
      await this.audit.record(tx, 'webhook.deleted', { organizationId }, webhookId);
    });
  }
}
