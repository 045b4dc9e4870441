import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RotateWebhookSecret, type WebhookWithSecret } from '#contracts';
import { AuditTrail, Database } from '#platform';
import { WebhookSecrets } from '../webhook-secrets.ts';
import { lockWebhook, makeWebhookSecret } from './webhook-row.ts';

/** Time in which a receiver may go on with the old secret. */
const overlap = '24 hours';

@CommandHandler(RotateWebhookSecret)
export class RotateWebhookSecretHandler implements ICommandHandler<RotateWebhookSecret> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly secrets: WebhookSecrets,
  ) {}

  async execute({ organizationId, webhookId }: RotateWebhookSecret): Promise<WebhookWithSecret> {
    const secret = makeWebhookSecret();
    return this.database.transaction(organizationId, async (tx) => {
      const webhook = await lockWebhook(tx, organizationId, webhookId);
      await tx.query(
        `update events.webhook set previous_secret = secret, previous_secret_until = now() + interval '${overlap}',
           secret = $2, updated_at = now() where id = $1`,
        [webhookId, this.secrets.seal(webhookId, secret)],
      );
      await this.audit.record(tx, 'webhook.secret_rotated', { organizationId }, webhookId);
      return { ...webhook, secret };
    });
  }
}
