import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, CreateWebhook, type WebhookView, type WebhookWithSecret } from '#contracts';
import { AuditTrail, Database } from '#platform';
import { WebhookSecrets } from '../webhook-secrets.ts';
import { makeWebhookSecret, webhookColumns } from './webhook-row.ts';

const mostWebhooks = 20;

@CommandHandler(CreateWebhook)
export class CreateWebhookHandler implements ICommandHandler<CreateWebhook> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly secrets: WebhookSecrets,
  ) {}

  async execute({ organizationId, webhook }: CreateWebhook): Promise<WebhookWithSecret> {
    const [id, secret] = [randomUUID(), makeWebhookSecret()];
    const { url, description, eventTypes, enabled } = webhook;
    return this.database.transaction(organizationId, async (tx) => {
      // Two requests at once must not both be the last that fits.
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('webhooks ' || $1, 0))`, [organizationId]);
      const [count] = await tx.query<{ count: number }[]>(
        'select count(*)::int as count from events.webhook where organization_id = $1',
        [organizationId],
      );
      if ((count?.count ?? 0) >= mostWebhooks) {
        throw new AppError('conflict', { detail: `An organization may have ${mostWebhooks} webhooks.` });
      }
      const [row] = await tx.query<[WebhookView]>(
        `insert into events.webhook (id, organization_id, url, description, event_types, enabled, secret)
         values ($1, $2, $3, $4, $5, $6, $7) returning ${webhookColumns}`,
        [id, organizationId, url, description, eventTypes, enabled, this.secrets.seal(id, secret)],
      );
      await this.audit.record(tx, 'webhook.created', { organizationId }, row.id);
      return { ...row, secret };
    });
  }
}
