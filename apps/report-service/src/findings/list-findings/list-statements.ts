import type { FindingsPageRequest, ProjectRef } from '#contracts';
import { findingColumns, findingJoins, textLimits, topTrials } from '../finding-columns.ts';
import { Parameters } from '../rows/row-query.ts';
import type { FindingCursor } from './finding-cursor.ts';
import { type FindingOrder, findingOrders } from './finding-orders.ts';
import { listCondition } from '../rows/list-condition.ts';

type Statement = [sql: string, parameters: unknown[]];

/** One row more than the page tells whether there is a next one. Details are read for the rows of the page alone. */
export function pageStatement(
  project: ProjectRef,
  request: FindingsPageRequest,
  cursor: FindingCursor | null,
): Statement {
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
  const limit = parameters.add(request.limit + 1);
  const offset = cursor ? '' : `offset ${parameters.add((request.page - 1) * request.limit)}`;
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

/** How many rows the list has, over all its pages. */
export function totalStatement(project: ProjectRef, request: FindingsPageRequest): Statement {
  const parameters = new Parameters();
  const condition = listCondition(project.projectId, request, parameters);
  return [`select count(*)::int as total from findings.attack_run where ${condition}`, parameters.values];
}
