import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { QueryBus } from '@nestjs/cqrs';
import { type Access, type AccessPath, AppError, ResolveAccess, type Scope } from '#contracts';
import {
  accessMetadata,
  type AccessPlace,
  accessPlaceMetadata,
  type AuthorizedRequest,
  type CredentialForm,
  expensiveMetadata,
  type GrantedAccess,
  RateLimits,
} from '#platform';
import { isApiKey } from '../api-key.ts';
import { rightsAt } from './rights.ts';
import { looksLikeToken } from './token-verifier.ts';

/** One guard for every route: who asks, and whether what the path names is theirs. Deny by default. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly queries: QueryBus,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const declared = [context.getHandler(), context.getClass()];
    const needed = this.reflector.getAllAndOverride<Scope | 'public' | undefined>(accessMetadata, declared);
    if (needed === 'public') return true;
    if (needed === undefined) throw new AppError('forbidden');
    const place = this.reflector.getAllAndOverride<AccessPlace | undefined>(accessPlaceMetadata, declared);

    const request = context.switchToHttp().getRequest<AuthorizedRequest>();
    const path = request.params as AccessPath;
    const access = await this.identify(request, path);
    const expensive = this.reflector.get<true | undefined>(expensiveMetadata, context.getHandler()) ?? false;
    const response = context.switchToHttp().getResponse<Response>();
    // Before it is said whether the path is theirs: guessing names costs requests too.
    await this.limits.admit(request, response, access.caller.id, access.organizationId, expensive);
    request.access = grant(access, path, needed, place ?? 'workspace');
    return true;
  }

  private async identify(request: AuthorizedRequest, path: AccessPath): Promise<Access> {
    const token = bearerToken(request);
    const form = token === null ? 'neither' : formOf(token);
    try {
      const look = (): Promise<Access | null> =>
        token === null ? Promise.resolve(null) : this.queries.execute(new ResolveAccess(token, printable(path)));
      const access = await this.limits.lookUp(request, form, look);
      if (access && !access.expired) return access;
      throw new AppError(access ? 'expired_token' : 'authentication');
    } catch (error) {
      const code = error instanceof AppError ? error.code : undefined;
      if (code === 'authentication' || code === 'expired_token') await this.limits.countRefused(request, form);
      if (code === 'identity_provider') await this.limits.countUnknown(request);
      throw error;
    }
  }
}

function formOf(token: string): CredentialForm {
  if (isApiKey(token)) return 'key';
  return looksLikeToken(token) ? 'token' : 'neither';
}

function bearerToken(request: AuthorizedRequest): string | null {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token && rest.length === 0 ? token : null;
}

/** Postgres refuses NUL in text; such a name cannot exist, so it is looked up as one that does not. */
function printable(path: AccessPath): AccessPath {
  const known = (name: string | undefined): string | undefined => (name?.includes('\0') ? '' : name);
  return { org: known(path.org), workspace: known(path.workspace), project: known(path.project) };
}

/** What the caller may not see is not found, like what does not exist; a missing right is only told to those who see. */
function grant(access: Access, path: AccessPath, needed: Scope, place: AccessPlace): GrantedAccess {
  const { organizationId, workspaceId, projectId } = access;
  if (path.org !== undefined && organizationId === null) throw new AppError('not_found');
  if (path.workspace !== undefined && workspaceId === null) throw new AppError('not_found');
  if (path.project !== undefined && projectId === null) throw new AppError('not_found');
  const held = rightsAt(place, access.standing);
  if (place !== 'caller' && !held.includes(needed)) {
    throw new AppError('forbidden', { detail: lacking(access, needed, place) });
  }
  const { caller, standing } = access;
  const boundTo = standing.kind === 'key' ? standing.boundTo : null;
  return {
    caller: { ...caller, boundTo, scopes: held },
    organization: organizationId ? { organizationId } : null,
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

function lacking({ caller }: Access, needed: Scope, place: AccessPlace): string {
  if (place === 'installation') return 'This is for operators of the installation alone.';
  return caller.kind === 'key'
    ? `The API key lacks the scope "${needed}" for this ${place}.`
    : `Your role in this ${place} does not include "${needed}".`;
}
