import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AppError, type WebhookView } from '#contracts';

/** Columns that the API shows, in the order of `WebhookView`. */
export const webhookColumns = 'id, url, description, event_types, enabled, disabled_reason, created_at, updated_at';

/** `whsec_` and 32 random bytes, as Standard Webhooks has it. */
export const makeWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** The webhook, locked for a change; `not_found` when it is not of the organization. */
export async function lockWebhook(tx: EntityManager, organizationId: string, id: string): Promise<WebhookView> {
  const [row] = await tx.query<WebhookView[]>(
    `select ${webhookColumns} from events.webhook where organization_id = $1 and id = $2 for update`,
    [organizationId, id],
  );
  if (!row) throw new AppError('not_found');
  return row;
}
