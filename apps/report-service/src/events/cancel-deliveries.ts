import type { EntityManager } from 'typeorm';

/**
 * Ends what is still owed to a webhook, in the transaction that switches it off. That holds the webhook's row already:
 * webhook before delivery is the order of all who lock both.
 */
export async function cancelDeliveries(tx: EntityManager, webhookId: string): Promise<void> {
  await tx.query(
    `update events.delivery set next_attempt_at = null, cancelled_at = now()
     where webhook_id = $1 and next_attempt_at is not null`,
    [webhookId],
  );
}
