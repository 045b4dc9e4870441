import type { QueryBus } from '@nestjs/cqrs';
import { AppError, FindProject, type ProjectRef, type WorkspaceRef } from '#contracts';
import type { Database } from '#platform';

/**
 * The project of a row, if it is one of the workspace. Row-level security holds a request to its organization alone, and a
 * path without a project names the workspace.
 */
export async function projectOfRow(
  { database, queries }: { readonly database: Database; readonly queries: QueryBus },
  workspace: WorkspaceRef,
  table: 'assessment' | 'attack_run',
  id: string,
): Promise<ProjectRef> {
  const rows: readonly { readonly project_id: string }[] = await database.read(workspace.organizationId, (tx) =>
    tx.query(`select project_id from findings.${table} where id = $1`, [id]),
  );
  const [row] = rows;
  const project = row && (await queries.execute(new FindProject(workspace, row.project_id)));
  if (!project) throw new AppError('not_found');
  return project;
}
