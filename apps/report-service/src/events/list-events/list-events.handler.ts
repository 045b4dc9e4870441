import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type EventsPage, ListEvents } from '#contracts';
import { Database } from '#platform';
import { cloudEvent, type PublishedRow } from '../cloud-event.ts';
import { readFeedCursor, refuseLostCursor, writeFeedCursor } from './feed-cursor.ts';

interface PlaceRow {
  readonly last: string;
  readonly last_id: string | null;
  readonly event_id: string | null;
  readonly next: string | null;
}

@QueryHandler(ListEvents)
export class ListEventsHandler implements IQueryHandler<ListEvents> {
  constructor(private readonly database: Database) {}

  async execute({ organizationId, page }: ListEvents): Promise<EventsPage> {
    const cursor = readFeedCursor(page.cursor);
    return this.database.read(organizationId, async (tx) => {
      const [place] = await tx.query<[PlaceRow]>(
        `select coalesce(f.last, 0) as last, newest.id as last_id, here.id as event_id,
           (select min(position) from events.published where organization_id = $1 and position > $2) as next
         from (values ($1::uuid)) o(id)
         left join events.feed f on f.organization_id = o.id
         left join events.published newest on newest.organization_id = o.id and newest.position = f.last
         left join events.published here on here.organization_id = o.id and here.position = $2`,
        [organizationId, cursor.position],
      );
      const last = Number(place.last);
      const next = place.next === null ? null : Number(place.next);
      refuseLostCursor(cursor, { last, eventId: place.event_id, next });
      // Up to the end that was just seen: what is published meanwhile is for the next page.
      const rows = await tx.query<(PublishedRow & { position: string })[]>(
        `select position, id, type, subject, events.source_of(organization_id, (data->>'project_id')::uuid) as source, data, time from events.published
         where organization_id = $1 and position > $2 and position <= $5
           and (cardinality($3::text[]) = 0 or type = any($3::text[]))
         order by position limit $4`,
        [organizationId, cursor.position, page.types, page.limit + 1, last],
      );
      const shown = rows.slice(0, page.limit);
      const newest = shown.at(-1);
      const more = rows.length > page.limit;
      return {
        events: shown.map(cloudEvent),
        // At the end past all types too: a reader of a rare type is not left behind what is removed.
        next_cursor:
          more && newest ? writeFeedCursor(Number(newest.position), newest.id) : writeFeedCursor(last, place.last_id),
        has_next: more,
      };
    });
  }
}
