import { createHash } from 'node:crypto';
import { AppError, type FindingsPageRequest, type ProjectRef } from '#contracts';
import { canonicalJson } from '#domain';
import { findingOrders } from './finding-orders.ts';

/** Where a page begins: after the row with these values of the order's columns. */
export interface FindingCursor {
  /** Number of the page that begins here. */
  readonly page: number;
  readonly after: readonly string[];
}

/** Opaque to clients. Bound to the project and to every parameter but the size of the page. */
export function writeCursor(project: ProjectRef, request: FindingsPageRequest, { page, after }: FindingCursor): string {
  return Buffer.from(JSON.stringify([page, fingerprint(project, request), ...after])).toString('base64url');
}

/** Throws `invalid`, located at the parameter, for what no list with these parameters gave. */
export function readCursor(project: ProjectRef, request: FindingsPageRequest, text: string): FindingCursor {
  const [page, print, ...after] = decoded(text);
  const { columns } = findingOrders[request.sortBy];
  const fits =
    after.length === columns.length &&
    columns.every(({ pattern }, place) => {
      const value = after[place];
      return typeof value === 'string' && pattern.test(value);
    });
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 1 || page > 1e9) throw refused('is not a cursor');
  if (print !== fingerprint(project, request)) throw refused('belongs to a list with other parameters');
  if (!fits) throw refused('is not a cursor');
  return { page, after: after as string[] };
}

function decoded(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? (value as unknown[]) : [];
  } catch {
    return [];
  }
}

function fingerprint(project: ProjectRef, request: FindingsPageRequest): string {
  const { sortBy, sortDir, view, includeAdversarial, filter } = request;
  const bound = { project: project.projectId, sortBy, sortDir, view, includeAdversarial, filter };
  return createHash('sha256').update(canonicalJson(bound)).digest('base64url').slice(0, 22);
}

const refused = (msg: string): AppError =>
  new AppError('invalid', { errors: [{ loc: ['query', 'cursor'], msg: `cursor ${msg}`, type: 'cursor' }] });
