import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail, changedRows, CONFIG, type Config, Database, SlotLoop } from '#platform';
import { cancelDeliveries } from '../cancel-deliveries.ts';
import { cloudEvent } from '../cloud-event.ts';
import { WebhookSecrets } from '../webhook-secrets.ts';
import { nextAttemptAfter } from './delivery-schedule.ts';
import { SendAbandoned, sendEvent, type SendOutcome } from './send-event.ts';
import { anyDue, takeDue, type TakenDelivery } from './take-due.ts';

const pollMs = 500;
/** Deliveries under way in this process: sockets and a body of a kilobyte each. */
const slots = 64;
/** Beyond the time a request may take: a process that dies meanwhile leaves the delivery to another. */
const leaseMarginSeconds = 45;
/** A receiver that let us wait in vain so many times in a row, over so long a time, is given up. */
const hopeless = { timeouts: 20, hours: 24 };

type Noted = SendOutcome | { readonly error: 'interrupted' };

/** Sends published events to webhooks, at least once each, until the receiver takes it or three days are over. */
@Injectable()
export class DeliverEvents extends SlotLoop {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly webhookSecrets: WebhookSecrets,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super(pollMs, 'delivering interrupted; deliveries stay due', slots);
  }

  protected async run(): Promise<boolean> {
    const free = this.freeSlots;
    if (free === 0 || !(await this.database.finds(anyDue))) return false;
    const leaseSeconds = this.config.webhooks.timeoutSeconds + leaseMarginSeconds;
    // In a transaction that ends before anything is sent.
    const taken = await this.database.background((tx) => takeDue(tx, free, leaseSeconds));
    for (const delivery of taken) {
      if (delivery.over)
        this.logger.warn({ deliveryId: delivery.delivery_id }, 'delivery given up: no attempt of it ended');
      else this.start((signal) => this.deliver(delivery, signal));
    }
    return taken.length === free;
  }

  private async deliver(delivery: TakenDelivery, signal: AbortSignal): Promise<void> {
    const outcome = await this.send(delivery, signal);
    if (outcome) await this.note(delivery, outcome);
    else await this.giveBack(delivery);
  }

  /** Null when the process ends first. Whatever else is thrown is an outcome, and counts as one. */
  private async send(delivery: TakenDelivery, signal: AbortSignal): Promise<Noted | null> {
    try {
      const body = JSON.stringify(cloudEvent(delivery));
      const { url } = delivery;
      const secrets = delivery.secrets.map((stored) => this.webhookSecrets.open(delivery.webhook_id, stored));
      const { allowPrivateNetworks, timeoutSeconds } = this.config.webhooks;
      const policy = { allowPrivateNetworks, timeoutMs: timeoutSeconds * 1_000, signal };
      return await sendEvent({ url, secrets, body, eventId: delivery.id }, policy, new Date());
    } catch (error) {
      if (error instanceof SendAbandoned) return null;
      this.logger.warn({ deliveryId: delivery.delivery_id, err: error }, 'event could not be sent');
      return { error: 'interrupted' };
    }
  }

  private async note(delivery: TakenDelivery, outcome: Noted): Promise<void> {
    const { delivery_id, webhook_id, attempts } = delivery;
    const status = 'status' in outcome ? outcome.status : null;
    const error = 'error' in outcome ? outcome.error : 'status';
    const taken = status !== null && status >= 200 && status < 300;
    const last = taken || status === 410 || error === 'invalid_url';
    const pause = last ? null : nextAttemptAfter(attempts, Math.random());
    await this.database.background(async (tx) => {
      // The webhook before its deliveries, as whoever switches it off locks them.
      const reason = await this.switchOff(tx, delivery, outcome);
      // One that ended meanwhile, because its webhook was switched off, does not begin again.
      await tx.query(
        `update events.delivery set last_status = $2, last_error = $3, taken_until = null,
           delivered_at = case when $4 then now() else delivered_at end,
           next_attempt_at = case when next_attempt_at is not null then now() + make_interval(secs => $5::float8) end
         where id = $1 and attempts = $6`,
        [delivery_id, status, taken ? null : error, taken, pause, attempts],
      );
      if (reason) await cancelDeliveries(tx, webhook_id);
    });
    if (!taken)
      this.logger.warn({ deliveryId: delivery_id, attempts, ...outcome, pause }, 'event not taken by a webhook');
  }

  /** Switches the webhook off after an outcome that says to: its receiver is gone, or has not answered for long. */
  private async switchOff(
    tx: EntityManager,
    delivery: TakenDelivery,
    outcome: Noted,
  ): Promise<'gone' | 'timeouts' | null> {
    const { webhook_id, organization_id: organizationId } = delivery;
    const reason = await this.reasonToSwitchOff(tx, webhook_id, outcome);
    if (!reason) return null;
    const off = await changedRows<{ id: string }>(
      tx,
      `update events.webhook set enabled = false, disabled_reason = $2, updated_at = now()
       where id = $1 and enabled returning id`,
      [webhook_id, reason],
    );
    if (off.length > 0) await this.audit.record(tx, 'webhook.disabled', { organizationId }, webhook_id, { reason });
    return reason;
  }

  private async reasonToSwitchOff(
    tx: EntityManager,
    webhookId: string,
    outcome: Noted,
  ): Promise<'gone' | 'timeouts' | null> {
    if ('status' in outcome) {
      await tx.query('update events.webhook set timeouts = 0, timing_out_since = null where id = $1 and timeouts > 0', [
        webhookId,
      ]);
      return outcome.status === 410 ? 'gone' : null;
    }
    if (outcome.error !== 'timeout') return null;
    const [webhook] = await changedRows<{ hopeless: boolean }>(
      tx,
      `update events.webhook set timeouts = timeouts + 1, timing_out_since = coalesce(timing_out_since, now())
       where id = $1
       returning timeouts >= $2 and timing_out_since <= now() - make_interval(hours => $3) as hopeless`,
      [webhookId, hopeless.timeouts, hopeless.hours],
    );
    return webhook?.hopeless ? 'timeouts' : null;
  }

  /** The attempt was cut off by our own end: it does not count, and is due for another process. */
  private async giveBack({ delivery_id, attempts }: TakenDelivery): Promise<void> {
    await this.database.background((tx) =>
      tx.query(
        `update events.delivery set attempts = attempts - 1, taken_until = null,
           next_attempt_at = case when next_attempt_at is not null then now() end
         where id = $1 and attempts = $2`,
        [delivery_id, attempts],
      ),
    );
  }
}
