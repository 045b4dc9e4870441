import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Caller, ProjectRef, Scope, WorkspaceRef } from '#contracts';
import type { Request } from 'express';

export const accessMetadata = 'access';

/** Scope that a route asks for. A route without this or `@Public()` is refused: deny by default. */
export const Access = (scope: Scope): MethodDecorator & ClassDecorator => SetMetadata(accessMetadata, scope);

/** A route for anybody: health and documentation only. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(accessMetadata, 'public');

/** What the access guard found out about a request. */
export interface GrantedAccess {
  readonly caller: Caller;
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

/** Who asks. */
export const CallerParam = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => granted(context).caller,
);
