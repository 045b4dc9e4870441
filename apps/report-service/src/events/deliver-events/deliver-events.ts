import { Inject, Injectable } from '@nestjs/common';
import { BackgroundLoop, changedRows, CONFIG, type Config, Database } from '#platform';
import { cancelDeliveries } from '../cancel-deliveries.ts';
import { cloudEvent, type PublishedRow } from '../cloud-event.ts';
import { nextAttemptAfter } from './delivery-schedule.ts';
import { sendEvent, type SendOutcome } from './send-event.ts';

const pollMs = 500;
const batch = 8;
const timeoutMs = 15_000;
/** Longer than a request may take: a process that dies meanwhile leaves the delivery to another. */
const leaseSeconds = 60;
/** Whether a webhook is on is asked where rows are chosen: what is owed to others holds up none of these. */
const due = `from events.delivery d join events.webhook w on w.id = d.webhook_id
  where d.next_attempt_at <= now() and w.enabled`;

interface DueDelivery extends PublishedRow {
  readonly delivery_id: string;
  readonly webhook_id: string;
  readonly attempts: number;
  readonly url: string;
  readonly secrets: readonly string[];
}

/** Sends published events to webhooks, at least once each, until the receiver takes it or three days are over. */
@Injectable()
export class DeliverEvents extends BackgroundLoop {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super(pollMs, 'delivering interrupted; deliveries stay due');
  }

  protected async run(): Promise<boolean> {
    if (!(await this.database.finds(`select ${due}`))) return false;
    const taken = await this.takeDue();
    await Promise.all(taken.map((delivery) => this.deliver(delivery)));
    return taken.length === batch;
  }

  /** Takes deliveries for the length of a lease, in a transaction that ends before anything is sent. */
  private takeDue(): Promise<DueDelivery[]> {
    return this.database.background((tx) =>
      changedRows<DueDelivery>(
        tx,
        `update events.delivery d set attempts = d.attempts + 1, next_attempt_at = now() + make_interval(secs => $2)
         from events.published p, events.webhook w
         where p.id = d.event_id and w.id = d.webhook_id and d.id in (
           select d.id ${due} order by d.next_attempt_at limit $1 for update of d skip locked)
         returning d.id as delivery_id, d.webhook_id, d.attempts, w.url,
           case when w.previous_secret_until > now() then array[w.secret, w.previous_secret] else array[w.secret] end as secrets,
           p.id, p.type, p.subject, events.source_of(p.organization_id, (p.data->>'project_id')::uuid) as source, p.data, p.time`,
        [batch, leaseSeconds],
      ),
    );
  }

  private async deliver(delivery: DueDelivery): Promise<void> {
    const body = JSON.stringify(cloudEvent(delivery));
    const { url, secrets } = delivery;
    const policy = { allowPrivateNetworks: this.config.webhooks.allowPrivateNetworks, timeoutMs };
    const outcome = await sendEvent({ url, secrets, body, eventId: delivery.id }, policy, new Date());
    await this.note(delivery, outcome);
  }

  private async note({ delivery_id, webhook_id, attempts }: DueDelivery, outcome: SendOutcome): Promise<void> {
    const status = 'status' in outcome ? outcome.status : null;
    const taken = status !== null && status >= 200 && status < 300;
    const pause = taken || status === 410 ? null : nextAttemptAfter(attempts, Math.random());
    await this.database.background(async (tx) => {
      if (status === 410) {
        // The receiver says that it is gone for good: nothing more is owed to it.
        await tx.query(
          `update events.webhook set enabled = false, disabled_reason = 'gone', updated_at = now() where id = $1`,
          [webhook_id],
        );
      }
      // One that ended meanwhile, because its webhook was switched off, does not begin again.
      await tx.query(
        `update events.delivery set last_status = $2, last_error = $3,
           delivered_at = case when $4 then now() else delivered_at end,
           next_attempt_at = case when next_attempt_at is not null then now() + make_interval(secs => $5::float8) end
         where id = $1 and attempts = $6`,
        [delivery_id, status, taken ? null : 'error' in outcome ? outcome.error : 'status', taken, pause, attempts],
      );
      if (status === 410) await cancelDeliveries(tx, webhook_id);
    });
    if (!taken)
      this.logger.warn({ deliveryId: delivery_id, attempts, ...outcome, pause }, 'event not taken by a webhook');
  }
}
