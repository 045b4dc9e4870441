import { Injectable } from '@nestjs/common';
import { publicEventTypes } from '#contracts';
import { BackgroundLoop, Database } from '#platform';
import { tryTurn } from '../take-turn.ts';
import { oldestUnpublished, waitingOrganizations } from './unpublished.ts';

const pollMs = 300;
const batch = 50;

const interrupted = 'publishing interrupted; unpublished events stay in the outbox';
/** How long an organization waits whose events could not be published. */
const asideMs = 5_000;

/** Published events are kept this long for readers of the feed; docs/events.md promises it. */
const keepDays = 30;
const forgetEveryMs = 3_600_000;

interface UnpublishedRow {
  readonly id: string;
  readonly type: string;
  readonly aggregate_id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly time: Date;
}

/**
 * Gives each public event of the outbox its place in the feed of its organization, and a delivery for each webhook.
 * The place comes from a row that is locked until the commit: a reader who has seen a place has seen all before it.
 * One organization has one publisher at a time, which leaves none out: its events keep their order.
 */
@Injectable()
export class PublishEvents extends BackgroundLoop {
  private forgotAt = 0;
  private readonly asideUntil = new Map<string, number>();

  constructor(private readonly database: Database) {
    super(pollMs, interrupted);
  }

  protected async run(): Promise<boolean> {
    await this.forgetOld();
    let more = false;
    for (const organizationId of await this.waiting()) {
      if (this.stopping) break;
      try {
        more = (await this.publish(organizationId)) === batch || more;
      } catch (error) {
        // What stops one organization is no matter of the others.
        this.asideUntil.set(organizationId, Date.now() + asideMs);
        this.logger.warn({ organizationId, err: error }, interrupted);
      }
    }
    return more;
  }

  /** Organizations with something to publish, the one that has waited longest first. */
  private async waiting(): Promise<readonly string[]> {
    const rows = await this.database.across<{ readonly organization_id: string }>(waitingOrganizations, [
      publicEventTypes,
    ]);
    for (const [organizationId, until] of this.asideUntil) {
      if (Date.now() >= until) this.asideUntil.delete(organizationId);
    }
    return rows
      .map(({ organization_id: organizationId }) => organizationId)
      .filter((organizationId) => !this.asideUntil.has(organizationId));
  }

  private publish(organizationId: string): Promise<number> {
    return this.database.background(async (tx) => {
      // Another process is at it.
      if (!(await tryTurn(tx, `publish ${organizationId}`))) return 0;
      const rows = await tx.query<UnpublishedRow[]>(oldestUnpublished, [publicEventTypes, organizationId, batch]);
      for (const row of rows) {
        await tx.query(
          `with place as (
             insert into events.feed as f (organization_id, last) values ($1, 1)
             on conflict (organization_id) do update set last = f.last + 1 returning last
           ), published as (
             insert into events.published (organization_id, position, id, type, subject, data, time)
             select $1, place.last, $2, $3, $4, $5, $6 from place returning id
           )
           insert into events.delivery (organization_id, webhook_id, event_id)
           select $1, w.id, published.id from published, events.webhook w
           where w.organization_id = $1 and w.enabled and (w.event_types = '{}' or $3 = any(w.event_types))
           for share of w`,
          [organizationId, row.id, row.type, row.aggregate_id, row.payload, row.time],
        );
      }
      await tx.query('update events.outbox set published_at = now() where id = any($1::uuid[])', [
        rows.map(({ id }) => id),
      ]);
      return rows.length;
    });
  }

  private async forgetOld(): Promise<void> {
    if (Date.now() - this.forgotAt < forgetEveryMs) return;
    this.forgotAt = Date.now();
    await this.database.background((tx) =>
      tx.query(
        // From the oldest on without a gap, by which readers are told what they missed; what is still to be sent stays.
        `with old as materialized (
           select organization_id, position, id from events.published where time < now() - make_interval(days => $1)
         ), owed as (
           select old.organization_id, min(old.position) as position from old
           join events.delivery d on d.event_id = old.id and d.next_attempt_at is not null group by old.organization_id
         )
         delete from events.published p using old left join owed on owed.organization_id = old.organization_id
         where p.id = old.id and (owed.position is null or old.position < owed.position)`,
        [keepDays],
      ),
    );
  }
}
