import { randomUUID } from 'node:crypto';
import { rowsOf } from './rows.ts';
import type { DatabaseUrls } from './test-stack.ts';

/** Events of an organization that were published, and are owed to one webhook of it; `minutesAgo` says since when. */
export const oweDeliveries = (
  service: { readonly databaseUrls: DatabaseUrls },
  webhookId: string,
  count: number,
  minutesAgo = 0,
): Promise<unknown> =>
  rowsOf(
    service,
    `with place as (
       insert into events.feed as f (organization_id, last)
       select organization_id, $3::int from events.webhook where id = $1
       on conflict (organization_id) do update set last = f.last + $3::int returning organization_id, last
     ), event as (
       insert into events.published (organization_id, position, id, type, subject, data, time)
       select organization_id, last - n, gen_random_uuid(), 'report.deleted.v1', $2, '{}', now()
       from place, generate_series(0, $3::int - 1) n returning organization_id, id
     )
     insert into events.delivery (organization_id, webhook_id, event_id, next_attempt_at)
     select organization_id, $1, id, now() - make_interval(mins => $4) from event`,
    [webhookId, randomUUID(), count, minutesAgo],
  );
