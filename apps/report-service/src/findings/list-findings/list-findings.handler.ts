import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  type FindingDetail,
  type FindingsPage,
  type FindingsPageRequest,
  ListFindings,
  type ProjectRef,
  type Snapshot,
} from '#contracts';
import { Database } from '#platform';
import { findingColumns, findingJoins, textLimits, topTrials } from '../finding-columns.ts';
import { Parameters } from '../resolve-rows/row-query.ts';
import { type FindingCursor, readCursor, writeCursor } from './finding-cursor.ts';
import { type FindingOrder, findingOrders } from './finding-orders.ts';
import { listCondition } from './list-condition.ts';

type ListedRow = FindingDetail & { readonly cursor_key: readonly string[] };

@QueryHandler(ListFindings)
export class ListFindingsHandler implements IQueryHandler<ListFindings> {
  constructor(private readonly database: Database) {}

  async execute({ project, request }: ListFindings): Promise<FindingsPage> {
    const cursor = request.cursor === undefined ? null : readCursor(project, request, request.cursor);
    const page = cursor?.page ?? request.page;
    return this.database.snapshot(project.organizationId, async (snapshot) => {
      const found = await snapshot.query<ListedRow>(...pageStatement(project, request, cursor));
      const rows = found.slice(0, request.pageSize);
      const hasNext = found.length > request.pageSize;
      const last = rows.at(-1);
      return {
        rows: rows.map(asFinding),
        page,
        total: await total(
          snapshot,
          project,
          request,
          hasNext || (rows.length === 0 && page > 1) || cursor !== null,
          rows.length,
        ),
        hasNext,
        nextCursor: hasNext && last ? writeCursor(project, request, { page: page + 1, after: last.cursor_key }) : null,
      };
    });
  }
}

/** A row without the values that a cursor keeps. */
function asFinding(row: ListedRow): FindingDetail {
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => column !== 'cursor_key'),
  ) as unknown as FindingDetail;
}

/** One row more than the page tells whether there is a next one. Details are read for the rows of the page alone. */
function pageStatement(
  project: ProjectRef,
  request: FindingsPageRequest,
  cursor: FindingCursor | null,
): [sql: string, parameters: unknown[]] {
  const parameters = new Parameters();
  const order: FindingOrder = findingOrders[request.sortBy];
  const ascending = (request.sortDir === 'desc') === (order.descending === 'asc');
  const columns = order.columns.map(({ column }) => column);
  const condition = listCondition(project.projectId, request, parameters);
  const after = cursor
    ? `and (${columns.join(', ')}) ${ascending ? '>' : '<'} (${order.columns
        .map(({ value }, place) => value(parameters.add(cursor.after[place])))
        .join(', ')})`
    : '';
  const direction = ascending ? '' : ' desc';
  const ordered = (prefix: string): string => columns.map((column) => `${prefix}${column}${direction}`).join(', ');
  const limit = parameters.add(request.pageSize + 1);
  const offset = cursor ? '' : `offset ${parameters.add((request.page - 1) * request.pageSize)}`;
  const sql = `with page as materialized (
      select id, array[${order.columns.map(({ text }) => text).join(', ')}] as cursor_key
      from findings.attack_run where ${condition} ${after}
      order by ${ordered('')} limit ${limit} ${offset}
    )
    select ${findingColumns(textLimits.list)}, page.cursor_key
    from page join findings.attack_run r on r.id = page.id ${findingJoins(textLimits.list, topTrials.list)}
    order by ${ordered('r.')}`;
  return [sql, parameters.values];
}

/** Exact, always. Counted only where the page itself does not tell. */
async function total(
  snapshot: Snapshot,
  project: ProjectRef,
  request: FindingsPageRequest,
  unknown: boolean,
  rows: number,
): Promise<number> {
  if (!unknown) return (request.page - 1) * request.pageSize + rows;
  const parameters = new Parameters();
  const condition = listCondition(project.projectId, request, parameters);
  const [row] = await snapshot.query<{ total: number }>(
    `select count(*)::int as total from findings.attack_run where ${condition}`,
    parameters.values,
  );
  return row?.total ?? 0;
}
