import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Access, ResolveAccess } from '#contracts';
import { Database } from '#platform';
import { hashApiKey, isApiKey } from './api-key.ts';

interface AccessRow {
  readonly key_id: string;
  readonly expired: boolean;
  readonly revoked: boolean;
  readonly scopes: string[];
  readonly organization_id: string | null;
  readonly workspace_id: string | null;
  readonly project_id: string | null;
  readonly project_slug: string | null;
  readonly project_name: string | null;
}

@QueryHandler(ResolveAccess)
export class ResolveAccessHandler implements IQueryHandler<ResolveAccess> {
  constructor(private readonly database: Database) {}

  async execute({ apiKey, path }: ResolveAccess): Promise<Access | null> {
    if (!isApiKey(apiKey)) return null;
    const [row] = await this.database.anonymous<AccessRow>('select * from projects.resolve_access($1, $2, $3, $4)', [
      hashApiKey(apiKey),
      path.org ?? null,
      path.workspace ?? null,
      path.project ?? null,
    ]);
    if (!row || row.revoked) return null;
    return {
      keyId: row.key_id,
      expired: row.expired,
      scopes: row.scopes,
      organizationId: row.organization_id,
      workspaceId: row.workspace_id,
      projectId: row.project_id,
      projectSlug: row.project_slug,
      projectName: row.project_name,
    };
  }
}
