import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  type FindingResponse,
  type FindingsPage,
  type FindingsPageRequest,
  ListFindings,
  type ProjectRef,
  type Snapshot,
} from '#contracts';
import { Database } from '#platform';
import { readFindingCursor, writeFindingCursor } from './finding-cursor.ts';
import { pageStatement, totalStatement } from './list-statements.ts';

type ListedRow = FindingResponse & { readonly cursor_key: readonly string[] };

@QueryHandler(ListFindings)
export class ListFindingsHandler implements IQueryHandler<ListFindings> {
  constructor(private readonly database: Database) {}

  async execute({ project, request }: ListFindings): Promise<FindingsPage> {
    const cursor = request.cursor === undefined ? null : readFindingCursor(project, request, request.cursor);
    const page = cursor?.page ?? request.page;
    return this.database.snapshot(project.organizationId, async (snapshot) => {
      const found = await snapshot.query<ListedRow>(...pageStatement(project, request, cursor));
      const rows = found.slice(0, request.limit);
      const hasNext = found.length > request.limit;
      const last = rows.at(-1);
      return {
        entries: rows.map(asFinding),
        page,
        total: await total(
          snapshot,
          project,
          request,
          hasNext || (rows.length === 0 && page > 1) || cursor !== null,
          rows.length,
        ),
        hasNext,
        nextCursor:
          hasNext && last ? writeFindingCursor(project, request, { page: page + 1, after: last.cursor_key }) : null,
      };
    });
  }
}

/** A row without the values that a cursor keeps. */
function asFinding(row: ListedRow): FindingResponse {
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => column !== 'cursor_key'),
  ) as unknown as FindingResponse;
}

/** Exact, always. Counted only where the page itself does not tell. */
async function total(
  snapshot: Snapshot,
  project: ProjectRef,
  request: FindingsPageRequest,
  unknown: boolean,
  rows: number,
): Promise<number> {
  if (!unknown) return (request.page - 1) * request.limit + rows;
  const [row] = await snapshot.query<{ total: number }>(...totalStatement(project, request));
  return row?.total ?? 0;
}
