import { Command, Query } from '@nestjs/cqrs';
import type { Caller, ProjectRef, Scope, WorkspaceRef } from './project-ref.ts';

export interface ProjectView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly created_at: string;
}

/** Makes a project in a workspace; `already_exists` when the slug is taken. */
export class CreateProject extends Command<ProjectView> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly project: { readonly slug: string; readonly name: string; readonly description?: string },
  ) {
    super();
  }
}

/** Projects of a workspace, by slug, with the number of all of them. */
export class ListProjects extends Query<{ readonly entries: readonly ProjectView[]; readonly total: number }> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly page: { readonly page: number; readonly limit: number },
  ) {
    super();
  }
}

export class GetProject extends Query<ProjectView> {
  constructor(readonly project: ProjectRef) {
    super();
  }
}

/** Changes what is given; a description of null is taken away. The slug stands in paths and stays. */
export class UpdateProject extends Command<ProjectView> {
  constructor(
    readonly project: ProjectRef,
    readonly change: { readonly name?: string; readonly description?: string | null },
  ) {
    super();
  }
}

/** A project of a workspace by its slug or id; null when the workspace has none such. */
export class FindProject extends Query<ProjectRef | null> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly project: string,
  ) {
    super();
  }
}

export const organizationRoles = ['owner', 'member'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

export const workspaceRoles = ['owner', 'editor', 'viewer'] as const;
export type WorkspaceRole = (typeof workspaceRoles)[number];

/** What is known of a caller at the place of a path. */
export type Standing =
  | {
      readonly kind: 'key';
      readonly scopes: readonly Scope[];
      /** Workspace that the key is held to. */
      readonly boundTo: string | null;
      /** A key of no organization, which makes organizations. */
      readonly operator: boolean;
    }
  | {
      readonly kind: 'user';
      readonly organizationRole: OrganizationRole | null;
      readonly workspaceRole: WorkspaceRole | null;
    };

/** Names in a path. Undefined where the path has no such part. */
export interface AccessPath {
  readonly org?: string | undefined;
  readonly workspace?: string | undefined;
  readonly project?: string | undefined;
}

/** Who asks, with what standing, and what of the path they see; nulls where a part is absent or not for their eyes. */
export interface Access {
  readonly caller: Pick<Caller, 'kind' | 'id' | 'name' | 'subject'>;
  readonly standing: Standing;
  readonly expired: boolean;
  readonly organizationId: string | null;
  readonly workspaceId: string | null;
  readonly projectId: string | null;
  readonly projectSlug: string | null;
  readonly projectName: string | null;
}

/** Resolves token, organization, workspace and project in one query; null for an unknown, bad or revoked token. */
export class ResolveAccess extends Query<Access | null> {
  constructor(
    readonly token: string,
    readonly path: AccessPath,
  ) {
    super();
  }
}

/** Removes a project and everything that hangs on it; `not_found` the second time. Objects follow when the store answers. */
export class DeleteProject extends Command<void> {
  constructor(readonly project: ProjectRef) {
    super();
  }
}
