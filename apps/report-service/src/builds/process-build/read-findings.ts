import type { QueryBus } from '@nestjs/cqrs';
import { type ProjectRef, type RowRequest, type Snapshot, StreamRows } from '#contracts';
import type { FindingRow } from '#domain';
import type { RenderJob } from '#rendering';

/** Findings of one snapshot, for as many readings as a format takes. */
export const readFindings = (
  queries: QueryBus,
  project: ProjectRef,
  request: RowRequest,
  snapshot: Snapshot,
): RenderJob['findings'] =>
  async function* (part) {
    const asked: RowRequest = part === 'heads' ? { ...request, headsOnly: true } : request;
    yield* await queries.execute<StreamRows<'findings'>, AsyncIterable<readonly FindingRow[]>>(
      new StreamRows(project, 'findings', asked, snapshot),
    );
  };
