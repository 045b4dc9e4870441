import type { EntityManager } from 'typeorm';
import { takeTurn } from '../take-turn.ts';

export interface OutboxRow {
  readonly id: string;
  readonly organization_id: string;
  readonly type: string;
  readonly aggregate_id: string;
  readonly payload: Record<string, unknown>;
}

/** Whether anything is due; another relay may be carrying for the same organization. */
export const anyDue = 'select from events.outbox where sent_at is null and next_attempt_at <= now()';

/**
 * Claims due events for a while, `most` at most, oldest first. Organizations take turns, and one has its events carried
 * by one relay at a time: nobody carries a later one beside it.
 */
export async function claimDue(tx: EntityManager, most: number, seconds: number): Promise<OutboxRow[]> {
  await takeTurn(tx, 'relay');
  return tx.query<OutboxRow[]>(
    `with recursive organization(id) as (
       -- From one organization to the next by the index, past however many events each has.
       (select organization_id from events.outbox where sent_at is null order by organization_id limit 1)
       union all
       select (select o.organization_id from events.outbox o
               where o.sent_at is null and o.organization_id > organization.id order by o.organization_id limit 1)
       from organization where organization.id is not null
     ), chosen as (
       select due.id, organization.id as organization_id, due.turn
       from organization
       cross join lateral (
         select o.id, o.created_at, row_number() over (order by o.created_at, o.id) as turn from events.outbox o
         where o.organization_id = organization.id and o.sent_at is null and o.next_attempt_at <= now()
         order by o.created_at, o.id limit $1
       ) due
       where not exists (
         select from events.outbox c where c.organization_id = organization.id and c.claimed_until > now())
       order by due.turn, due.created_at limit $1
     ), free as (
       -- The publisher may hold some for a moment. Nobody waits here, and nothing after those is taken.
       select o.id from events.outbox o join chosen on chosen.id = o.id for update of o skip locked
     ), claimed as (
     update events.outbox o set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $2),
       claimed_until = now() + make_interval(secs => $2)
     from chosen
     where o.id = chosen.id and chosen.id in (select id from free) and not exists (
       select from chosen before
       where before.organization_id = chosen.organization_id and before.turn < chosen.turn
         and before.id not in (select id from free))
     returning o.*
     )
     select id, organization_id, type, aggregate_id, payload from claimed order by created_at, id`,
    [most, seconds],
  );
}
