import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Caller, OrganizationRef, ProjectRef, Scope, WorkspaceRef } from '#contracts';
import type { Request } from 'express';

export const accessMetadata = 'access';
export const accessPlaceMetadata = 'access-place';

/**
 * Where a scope is asked for: of the workspace or of the organization that the path names, of the whole installation
 * (operators alone), or `caller`: every valid key and token, whatever it may do elsewhere.
 */
export type AccessPlace = 'workspace' | 'organization' | 'installation' | 'caller';

/**
 * Scope that a route asks for, of the workspace unless it says otherwise. A route without this or `@Public()` fails the
 * boot: deny by default.
 */
export const Access = (
  scope: Scope,
  { of }: { readonly of: AccessPlace } = { of: 'workspace' },
): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(accessMetadata, scope), SetMetadata(accessPlaceMetadata, of));

/** A route for anybody: health and documentation only. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(accessMetadata, 'public');

/** What the access guard found out about a request. */
export interface GrantedAccess {
  readonly caller: Caller;
  readonly organization: OrganizationRef | null;
  readonly workspace: WorkspaceRef | null;
  readonly project: ProjectRef | null;
}

export interface AuthorizedRequest extends Request {
  access?: GrantedAccess;
}

const granted = (context: ExecutionContext): GrantedAccess => {
  const { access } = context.switchToHttp().getRequest<AuthorizedRequest>();
  if (!access) throw new Error('The access guard did not run before this handler.');
  return access;
};

/** The project of the path, as the guard resolved it. */
export const Project = createParamDecorator((_: unknown, context: ExecutionContext): ProjectRef => {
  const { project } = granted(context);
  if (!project) throw new Error('The path of this route names no project.');
  return project;
});

/** The workspace of the path, as the guard resolved it. */
export const Workspace = createParamDecorator((_: unknown, context: ExecutionContext): WorkspaceRef => {
  const { workspace } = granted(context);
  if (!workspace) throw new Error('The path of this route names no workspace.');
  return workspace;
});

/** The organization of the path, as the guard resolved it. */
export const Organization = createParamDecorator((_: unknown, context: ExecutionContext): OrganizationRef => {
  const { organization } = granted(context);
  if (!organization) throw new Error('The path of this route names no organization.');
  return organization;
});

/** Who asks. */
export const CallerParam = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => granted(context).caller,
);
