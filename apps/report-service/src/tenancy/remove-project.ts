import type { CommandBus } from '@nestjs/cqrs';
import { DataDeleted, type ProjectRef, type Transaction, WithdrawBuilds } from '#contracts';
import type { Outbox } from '#platform';

/** In the caller's transaction, which has locked the project: rows of all modules go by their foreign key, and orders for the objects in the store are left. */
export async function removeProject(
  project: Pick<ProjectRef, 'organizationId' | 'projectId'>,
  tx: Transaction,
  commands: CommandBus,
  outbox: Outbox,
): Promise<void> {
  const { organizationId, projectId } = project;
  await commands.execute(new WithdrawBuilds(project, null, tx));
  await tx.query('delete from projects.project where id = $1', [projectId]);
  const payload = { kind: 'project', project_id: projectId } as const;
  await outbox.add(tx, new DataDeleted(organizationId, projectId, payload));
}
