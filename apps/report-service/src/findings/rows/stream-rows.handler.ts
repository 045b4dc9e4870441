import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { StreamRows } from '#contracts';
import type { RowOf, RowSource } from '#domain';
import { rowStatement } from './row-sources.ts';

/** Small: parsing a batch is one uninterrupted piece of work of the thread that also answers requests. */
const batchSize = { whole: 50, heads: 250 };

@QueryHandler(StreamRows)
export class StreamRowsHandler implements IQueryHandler<StreamRows> {
  execute({ project, source, request, snapshot }: StreamRows): Promise<AsyncIterable<readonly RowOf<RowSource>[]>> {
    const statement = rowStatement(source, project.projectId, request);
    return Promise.resolve(
      snapshot.stream(
        `${statement.with}, rows as (${statement.rows}) ${statement.read}`,
        [...statement.parameters],
        request.headsOnly ? batchSize.heads : batchSize.whole,
      ),
    );
  }
}
