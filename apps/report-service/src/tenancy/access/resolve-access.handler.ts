import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  type Access,
  type AccessPath,
  type OrganizationRole,
  ResolveAccess,
  type Scope,
  type WorkspaceRole,
} from '#contracts';
import { Database } from '#platform';
import { userId } from '../user-id.ts';
import { hashApiKey, isApiKey } from '../api-key.ts';
import { TokenVerifier } from './token-verifier.ts';

interface PathRow {
  readonly organization_id: string | null;
  readonly workspace_id: string | null;
  readonly project_id: string | null;
  readonly project_slug: string | null;
  readonly project_name: string | null;
}

interface KeyRow extends PathRow {
  readonly caller_id: string;
  readonly caller_name: string;
  readonly expired: boolean;
  readonly revoked: boolean;
  readonly scopes: Scope[];
  readonly bound_to: string | null;
  readonly operator: boolean;
}

interface UserRow extends PathRow {
  readonly caller_name: string;
  readonly organization_role: OrganizationRole | null;
  readonly workspace_role: WorkspaceRole | null;
}

@QueryHandler(ResolveAccess)
export class ResolveAccessHandler implements IQueryHandler<ResolveAccess> {
  constructor(
    private readonly database: Database,
    private readonly tokens: TokenVerifier,
  ) {}

  async execute({ token, path }: ResolveAccess): Promise<Access | null> {
    if (isApiKey(token)) return this.ofKey(token, path);
    const subject = await this.tokens.subjectOf(token);
    return subject === null ? null : this.ofUser(subject, path);
  }

  private async ofKey(key: string, path: AccessPath): Promise<Access | null> {
    const [row] = await this.database.anonymous<KeyRow>('select * from projects.resolve_key($1, $2, $3, $4)', [
      hashApiKey(key),
      ...namesOf(path),
    ]);
    if (!row || row.revoked) return null;
    return {
      caller: { kind: 'key', id: row.caller_id, name: row.caller_name, subject: null },
      standing: { kind: 'key', scopes: row.scopes, boundTo: row.bound_to, operator: row.operator },
      expired: row.expired,
      ...resolvedPath(row),
    };
  }

  private async ofUser(subject: string, path: AccessPath): Promise<Access | null> {
    const [row] = await this.database.anonymous<UserRow>('select * from projects.resolve_user($1, $2, $3, $4)', [
      subject,
      ...namesOf(path),
    ]);
    if (!row) throw new Error('resolve_user answers with one row, always.');
    return {
      caller: { kind: 'user', id: userId(subject), name: row.caller_name, subject },
      standing: { kind: 'user', organizationRole: row.organization_role, workspaceRole: row.workspace_role },
      // An expired token names nobody: the verifier refused it.
      expired: false,
      ...resolvedPath(row),
    };
  }
}

const namesOf = ({ org, workspace, project }: AccessPath): (string | null)[] => [
  org ?? null,
  workspace ?? null,
  project ?? null,
];

const resolvedPath = (row: PathRow): Omit<Access, 'caller' | 'standing' | 'expired'> => ({
  organizationId: row.organization_id,
  workspaceId: row.workspace_id,
  projectId: row.project_id,
  projectSlug: row.project_slug,
  projectName: row.project_name,
});
