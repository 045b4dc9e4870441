import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  type AuditDetails,
  type AuditEntryView,
  type AuditPage,
  cursorRefused,
  ListAuditEntries,
  readCursor,
  writeCursor,
} from '#contracts';
import { uuidForm } from '#domain';
import { Database } from '#platform';

interface EntryRow {
  readonly id: string;
  readonly at: Date;
  /** Microseconds since 1970: a Date has only milliseconds, and pages would overlap. */
  readonly at_us: string;
  readonly action: string;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly workspace_id: string | null;
  readonly project_id: string | null;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly request_id: string | null;
  readonly address: string | null;
  readonly details: AuditDetails;
}

@QueryHandler(ListAuditEntries)
export class ListAuditEntriesHandler implements IQueryHandler<ListAuditEntries> {
  constructor(private readonly database: Database) {}

  async execute({ organizationId, filter, limit, cursor }: ListAuditEntries): Promise<AuditPage> {
    const after = cursor === null ? null : positionOf(cursor);
    const rows = await this.database.read(organizationId, (tx) =>
      tx.query<EntryRow[]>(select, [
        organizationId,
        filter.action ?? null,
        filter.actorId ?? null,
        filter.resourceType ?? null,
        filter.resourceId ?? null,
        filter.projectId ?? null,
        filter.from ?? null,
        filter.to ?? null,
        after?.at ?? null,
        after?.id ?? null,
        limit + 1,
      ]),
    );
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { entries: rows.slice(0, limit).map(viewOf), nextCursor: last ? writeCursor([last.at_us, last.id]) : null };
  }
}

const select = `
  select *, host(address) as address, (extract(epoch from at) * 1000000)::bigint::text as at_us
  from audit.entry
  where organization_id = $1
    and ($2::text[] is null or action = any ($2))
    and ($3::text is null or actor_id = $3)
    and ($4::text is null or resource_type = $4)
    and ($5::text is null or resource_id = $5)
    and ($6::uuid is null or project_id = $6)
    and ($7::timestamptz is null or at >= $7)
    and ($8::timestamptz is null or at < $8)
    and ($9::bigint is null or (at, id) < (timestamptz 'epoch' + $9 * interval '1 microsecond', $10::uuid))
  order by at desc, id desc
  limit $11`;

const viewOf = (row: EntryRow): AuditEntryView => ({
  id: row.id,
  at: row.at.toISOString(),
  action: row.action,
  resource_type: row.resource_type,
  resource_id: row.resource_id,
  workspace_id: row.workspace_id,
  project_id: row.project_id,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  request_id: row.request_id,
  address: row.address,
  details: row.details,
});

function positionOf(cursor: string): { readonly at: string; readonly id: string } {
  const [at = '', id = ''] = readCursor(cursor);
  if (/^\d{1,17}$/.test(at) && uuidForm.test(id)) return { at, id };
  throw cursorRefused('is none that this list gave out');
}
