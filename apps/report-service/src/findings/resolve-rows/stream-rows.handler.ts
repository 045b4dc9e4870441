import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { StreamRows } from '#contracts';
import type { RowOf, RowSource } from '#domain';
import { rowStatement } from './row-sources.ts';

@QueryHandler(StreamRows)
export class StreamRowsHandler implements IQueryHandler<StreamRows> {
  execute({ project, source, request, snapshot }: StreamRows): Promise<AsyncIterable<readonly RowOf<RowSource>[]>> {
    const statement = rowStatement(source, project.projectId, request);
    return Promise.resolve(
      snapshot.stream(
        `${statement.with}, rows as (${statement.rows}) ${statement.read}`,
        [...statement.parameters],
        200,
      ),
    );
  }
}
