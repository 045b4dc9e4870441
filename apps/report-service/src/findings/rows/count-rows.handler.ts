import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { CountRows } from '#contracts';
import type { RowSource } from '#domain';
import { rowStatement } from './row-sources.ts';

@QueryHandler(CountRows)
export class CountRowsHandler implements IQueryHandler<CountRows> {
  async execute({ project, sources, request, snapshot }: CountRows): Promise<ReadonlyMap<RowSource, number>> {
    const counts = new Map<RowSource, number>();
    for (const source of new Set(sources)) {
      const statement = rowStatement(source, project.projectId, request);
      const [row] = await snapshot.query<{ count: number }>(
        `${statement.with} select count(*)::int as count from (${statement.rows}) rows`,
        [...statement.parameters],
      );
      counts.set(source, row?.count ?? 0);
    }
    return counts;
  }
}
