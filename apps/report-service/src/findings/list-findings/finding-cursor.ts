import { createHash } from 'node:crypto';
import { cursorRefused, type FindingsPageRequest, type ProjectRef, readCursor, writeCursor } from '#contracts';
import { canonicalJson } from '#domain';
import { findingOrders } from './finding-orders.ts';

/** Where a page begins: after the row with these values of the order's columns. */
export interface FindingCursor {
  /** Number of the page that begins here. */
  readonly page: number;
  readonly after: readonly string[];
}

/** Bound to the project and to every parameter but the size of the page. */
export const writeFindingCursor = (
  project: ProjectRef,
  request: FindingsPageRequest,
  { page, after }: FindingCursor,
): string => writeCursor([String(page), fingerprint(project, request), ...after]);

/** Throws `invalid`, located at the parameter, for what no list with these parameters gave. */
export function readFindingCursor(project: ProjectRef, request: FindingsPageRequest, text: string): FindingCursor {
  const [page = '', print, ...after] = readCursor(text);
  const { columns } = findingOrders[request.sortBy];
  if (!/^[1-9]\d{0,8}$/.test(page)) throw cursorRefused('cursor is not a cursor');
  if (print !== fingerprint(project, request)) throw cursorRefused('cursor belongs to a list with other parameters');
  const fits = after.length === columns.length && columns.every(({ pattern }, at) => pattern.test(after[at] ?? ''));
  if (!fits) throw cursorRefused('cursor is not a cursor');
  return { page: Number(page), after };
}

function fingerprint(project: ProjectRef, request: FindingsPageRequest): string {
  const { sortBy, sortDir, view, includeAdversarial, filter } = request;
  const bound = { project: project.projectId, sortBy, sortDir, view, includeAdversarial, filter };
  return createHash('sha256').update(canonicalJson(bound)).digest('base64url').slice(0, 22);
}
