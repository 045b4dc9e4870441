import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { HasRows, type ProjectRef, type Snapshot } from '#contracts';
import type { RowSource } from '#domain';
import { presence } from './row-presence.ts';
import { Parameters } from './row-query.ts';

@QueryHandler(HasRows)
export class HasRowsHandler implements IQueryHandler<HasRows> {
  async execute({ project, sources, request, snapshot }: HasRows): Promise<ReadonlySet<RowSource>> {
    const asked = [...new Set(sources)];
    if (asked.length === 0) return new Set();
    const current = await readsAllImports(snapshot, project, request.watermark);
    const scope = { ...request, watermark: current ? ('current' as const) : request.watermark };
    const parameters = new Parameters();
    const columns = asked.map((source) => `${presence(source, project.projectId, scope, parameters)} as "${source}"`);
    const [row] = await snapshot.query<Record<RowSource, boolean>>(`select ${columns.join(', ')}`, parameters.values);
    return new Set(asked.filter((source) => row?.[source] === true));
  }
}

/** Then the current rows are those to look at, and the indexes hold them alone. */
async function readsAllImports(
  snapshot: Snapshot,
  project: ProjectRef,
  watermark: readonly string[],
): Promise<boolean> {
  const [row] = await snapshot.query<{ all: boolean }>(
    `select not exists (
       select from findings.import_run
       where project_id = $1 and status = 'completed' and not restores and not id = any($2::uuid[])) as all`,
    [project.projectId, watermark],
  );
  return row?.all === true;
}
