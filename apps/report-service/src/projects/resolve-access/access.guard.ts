import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { type Access, AppError, ResolveAccess, type Scope, scopes } from '#contracts';
import { accessMetadata, type AuthorizedRequest, type GrantedAccess } from '#platform';

/** One guard for every route: who asks, and whether what the path names is theirs. Deny by default. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly queries: QueryBus,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<Scope | 'public' | undefined>(accessMetadata, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needed === 'public') return true;
    if (needed === undefined) throw new AppError('forbidden');

    const request = context.switchToHttp().getRequest<AuthorizedRequest>();
    const path = request.params as { org?: string; workspace?: string; project?: string };
    const access = await this.queries.execute(new ResolveAccess(bearerToken(request), printable(path)));
    if (!access) throw new AppError('authentication');
    if (access.expired) throw new AppError('expired_token');
    request.access = grant(access, path, needed);
    return true;
  }
}

function bearerToken(request: AuthorizedRequest): string {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) throw new AppError('authentication');
  return token;
}

/** Postgres refuses NUL in text; such a name cannot exist, so it is looked up as one that does not. */
function printable<T extends Record<string, string | undefined>>(path: T): T {
  return Object.fromEntries(
    Object.entries(path).map(([name, value]) => [name, value?.includes('\0') ? '' : value]),
  ) as T;
}

/** Another organization's names are not found, like those that do not exist; a missing scope is only told to members. */
function grant(
  access: Access,
  path: { org?: string; workspace?: string; project?: string },
  needed: Scope,
): GrantedAccess {
  const { organizationId, workspaceId, projectId } = access;
  if (path.org !== undefined && organizationId === null) throw new AppError('not_found');
  if (path.workspace !== undefined && workspaceId === null) throw new AppError('not_found');
  if (path.project !== undefined && projectId === null) throw new AppError('not_found');
  const held = scopes.filter((scope) => access.scopes.includes(scope));
  if (!held.includes(needed) && !held.includes('admin')) {
    throw new AppError('forbidden', { detail: `The API key lacks the scope "${needed}".` });
  }
  return {
    caller: { keyId: access.keyId, scopes: held },
    workspace: organizationId && workspaceId ? { organizationId, workspaceId } : null,
    project:
      organizationId && workspaceId && projectId
        ? {
            organizationId,
            workspaceId,
            projectId,
            name: access.projectName ?? '',
            path: `/api/v1/org/${path.org ?? ''}/ws/${path.workspace ?? ''}/airt/projects/${access.projectSlug ?? ''}`,
          }
        : null,
  };
}
