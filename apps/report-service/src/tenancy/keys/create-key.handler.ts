import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EntityManager } from 'typeorm';
import { AppError, CreateKey, type NewKeyView } from '#contracts';
import { AuditTrail, Clock, Database } from '#platform';
import { insertKey } from '../insert-key.ts';

@CommandHandler(CreateKey)
export class CreateKeyHandler implements ICommandHandler<CreateKey> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute({ organization: { organizationId }, key, createdBy }: CreateKey): Promise<NewKeyView> {
    const at = this.clock.now();
    if (key.expiresAt !== null && key.expiresAt <= at) throw wrong('expires_at', 'must be in the future', 'past');
    return this.database.transaction(organizationId, async (tx) => {
      const workspace = key.workspace === null ? null : await workspaceOf(tx, organizationId, key.workspace);
      const { name, scopes, expiresAt } = key;
      const made = await insertKey(tx, { organizationId, name, scopes, workspace, expiresAt, createdBy, at });
      await this.audit.record(tx, 'key.created', { organizationId, workspaceId: workspace?.id ?? null }, made.id);
      return made;
    });
  }
}

async function workspaceOf(
  tx: EntityManager,
  organizationId: string,
  slug: string,
): Promise<{ readonly id: string; readonly slug: string }> {
  const [workspace] = await tx.query<{ id: string; slug: string }[]>(
    'select id, slug from projects.workspace where organization_id = $1 and slug = $2',
    [organizationId, slug],
  );
  if (!workspace) throw wrong('workspace', 'no workspace of the organization has this slug', 'unknown_workspace');
  return workspace;
}

const wrong = (field: string, msg: string, type: string): AppError =>
  new AppError('invalid', { errors: [{ loc: ['body', field], msg, type }] });
