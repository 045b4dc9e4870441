import type { EntityManager } from 'typeorm';
import { changedRows } from '#platform';
import type { PublishedRow } from '../cloud-event.ts';
import { takeTurn } from '../take-turn.ts';
import { mostAttempts } from './delivery-schedule.ts';

export interface TakenDelivery extends PublishedRow {
  readonly delivery_id: string;
  readonly organization_id: string;
  readonly webhook_id: string;
  readonly attempts: number;
  /** It had its attempts, and no more is sent: nobody could note how they ended. */
  readonly over: boolean;
  readonly url: string;
  /** As the table has them, the newest first. */
  readonly secrets: readonly string[];
}

/** Deliveries under way at once, over all processes. A webhook whose receiver lets us wait has the lesser share. */
const share = { webhook: 2, slowWebhook: 1, organization: 4, slowOfOrganization: 2 };

/** Whether anything is due; to whom it may be sent now is another question. */
export const anyDue = 'select from events.delivery where next_attempt_at <= now()';

/**
 * Takes due deliveries for the length of a lease, `most` at most. Organizations take turns, in each its webhooks, and
 * no one has more than its share. The attempt counts from here on: whatever becomes of it, there is an end to them.
 */
export async function takeDue(tx: EntityManager, most: number, leaseSeconds: number): Promise<TakenDelivery[]> {
  // Two who choose at once would both see the share of an organization free.
  await takeTurn(tx, 'deliveries');
  return changedRows<TakenDelivery>(
    tx,
    `with recursive owing(webhook_id) as (
       -- From one webhook to the next by the index, past however much each is owed.
       (select webhook_id from events.delivery where next_attempt_at is not null order by webhook_id limit 1)
       union all
       select (select d.webhook_id from events.delivery d
               where d.next_attempt_at is not null and d.webhook_id > owing.webhook_id order by d.webhook_id limit 1)
       from owing where owing.webhook_id is not null
     ), under_way as materialized (
       select organization_id, webhook_id, count(*) as deliveries from events.delivery
       where taken_until > now() group by organization_id, webhook_id
     ), busy as (
       select organization_id, sum(deliveries) as deliveries from under_way group by organization_id
     ), candidate as (
       select due.id, due.next_attempt_at, w.timeouts > 0 as slow,
         coalesce(busy.deliveries, 0) + row_number() over (
           partition by w.organization_id order by w.timeouts > 0, due.place, due.next_attempt_at, due.id) as turn
       from owing
       join events.webhook w on w.id = owing.webhook_id and w.enabled
       left join under_way on under_way.webhook_id = w.id
       left join busy on busy.organization_id = w.organization_id
       cross join lateral (
         select d.id, d.next_attempt_at,
           coalesce(under_way.deliveries, 0) + row_number() over (order by d.next_attempt_at) as place
         from events.delivery d where d.webhook_id = w.id and d.next_attempt_at <= now()
         order by d.next_attempt_at limit $3
       ) due
       where due.place <= case when w.timeouts > 0 then $4::int else $3 end
     ), chosen as (
       select id from candidate where turn <= case when slow then $6::int else $5 end
       order by turn, next_attempt_at limit $1
     ), locked as (
       -- Whoever cancels deliveries holds several rows too: nobody waits here.
       select d.id from events.delivery d join chosen on chosen.id = d.id
       where d.next_attempt_at <= now() for update of d skip locked
     )
     update events.delivery d set
       attempts = least(d.attempts + 1, $7),
       next_attempt_at = case when d.attempts < $7 then now() + make_interval(secs => $2) end,
       taken_until = case when d.attempts < $7 then now() + make_interval(secs => $2) end,
       last_error = case when d.attempts < $7 then d.last_error else coalesce(d.last_error, 'interrupted') end
     from locked, events.published p, events.webhook w
     where d.id = locked.id and p.id = d.event_id and w.id = d.webhook_id
     returning d.id as delivery_id, d.organization_id, d.webhook_id, d.attempts, d.next_attempt_at is null as over, w.url,
       case when w.previous_secret_until > now() then array[w.secret, w.previous_secret] else array[w.secret] end as secrets,
       p.id, p.type, p.subject, events.source_of(p.organization_id, (p.data->>'project_id')::uuid) as source, p.data, p.time`,
    [most, leaseSeconds, share.webhook, share.slowWebhook, share.organization, share.slowOfOrganization, mostAttempts],
  );
}
