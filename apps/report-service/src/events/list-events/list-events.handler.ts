import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type EventsPage, ListEvents } from '#contracts';
import { Database } from '#platform';
import { cloudEvent, type PublishedRow } from '../cloud-event.ts';

@QueryHandler(ListEvents)
export class ListEventsHandler implements IQueryHandler<ListEvents> {
  constructor(private readonly database: Database) {}

  async execute({ organizationId, page }: ListEvents): Promise<EventsPage> {
    const rows = await this.database.read(organizationId, (tx) =>
      tx.query<(PublishedRow & { position: string })[]>(
        `select position, id, type, subject, events.source_of(organization_id, (data->>'project_id')::uuid) as source, data, time from events.published
         where organization_id = $1 and position > $2 and (cardinality($3::text[]) = 0 or type = any($3::text[]))
         order by position limit $4`,
        [organizationId, page.after, page.types, page.limit + 1],
      ),
    );
    const shown = rows.slice(0, page.limit);
    return {
      events: shown.map(cloudEvent),
      next_cursor: String(shown.at(-1)?.position ?? page.after),
      has_next: rows.length > page.limit,
    };
  }
}
