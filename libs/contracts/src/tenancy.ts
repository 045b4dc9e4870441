import { Command, Query } from '@nestjs/cqrs';
import type { Page, PageRequest } from './paging.ts';
import type { Caller, OrganizationRef, ProjectRef, Scope, WorkspaceRef } from './project-ref.ts';
import type { Snapshot } from './snapshot.ts';

export const organizationRoles = ['owner', 'member'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

export const workspaceRoles = ['owner', 'editor', 'viewer'] as const;
export type WorkspaceRole = (typeof workspaceRoles)[number];

/** An organization or a workspace. */
export interface PlaceView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly created_at: string;
}

interface SlugAndName {
  readonly slug: string;
  readonly name: string;
}

/** Makes an organization with its first key, which may do everything in it; `already_exists` when the slug is taken. */
export class CreateOrganization extends Command<PlaceView & { readonly first_key: NewKeyView }> {
  constructor(
    readonly organization: SlugAndName,
    /** Subject of the first owner. */
    readonly owner: string | null,
    readonly createdBy: string | null,
  ) {
    super();
  }
}

export class GetOrganization extends Query<PlaceView> {
  constructor(readonly organization: OrganizationRef) {
    super();
  }
}

export class UpdateOrganization extends Command<PlaceView> {
  constructor(
    readonly organization: OrganizationRef,
    readonly name: string | undefined,
  ) {
    super();
  }
}

/** Makes a workspace; `already_exists` when the slug is taken in the organization. */
export class CreateWorkspace extends Command<PlaceView> {
  constructor(
    readonly organization: OrganizationRef,
    readonly workspace: SlugAndName,
  ) {
    super();
  }
}

/** Workspaces of the organization that the caller may see, by slug; all of them without a caller. */
export class ListWorkspaces extends Query<Page<PlaceView>> {
  constructor(
    readonly organization: OrganizationRef,
    readonly caller: Pick<Caller, 'kind' | 'id' | 'boundTo'> | null,
    readonly page: PageRequest,
  ) {
    super();
  }
}

export class GetWorkspace extends Query<PlaceView> {
  constructor(readonly workspace: WorkspaceRef) {
    super();
  }
}

export class UpdateWorkspace extends Command<PlaceView> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly name: string | undefined,
  ) {
    super();
  }
}

/** Removes a workspace with its projects, roles and keys; `not_found` the second time. Objects follow when the store answers. */
export class DeleteWorkspace extends Command<void> {
  constructor(readonly workspace: WorkspaceRef) {
    super();
  }
}

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
export class ListProjects extends Query<Page<ProjectView>> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly page: PageRequest,
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
    /** Of who holds one already. */
    readonly snapshot?: Snapshot,
  ) {
    super();
  }
}

/** Removes a project and everything in it; `not_found` the second time. Objects follow when the store answers. */
export class DeleteProject extends Command<void> {
  constructor(readonly project: ProjectRef) {
    super();
  }
}

/** A person in an organization. `id` stands for them in `created_by` and in the audit log. */
export interface MemberView {
  readonly id: string;
  readonly subject: string;
  readonly role: OrganizationRole;
  readonly name: string | null;
  readonly email: string | null;
  readonly created_at: string;
}

export class ListMembers extends Query<Page<MemberView>> {
  constructor(
    readonly organization: OrganizationRef,
    readonly page: PageRequest,
  ) {
    super();
  }
}

/** Makes the person a member, or changes what they are; `conflict` for the last owner. */
export class PutMember extends Command<MemberView> {
  constructor(
    readonly organization: OrganizationRef,
    readonly subject: string,
    readonly member: { readonly role: OrganizationRole; readonly name?: string | null; readonly email?: string | null },
  ) {
    super();
  }
}

/** Also takes the person's roles in the workspaces; `conflict` for the last owner. */
export class RemoveMember extends Command<void> {
  constructor(
    readonly organization: OrganizationRef,
    readonly subject: string,
  ) {
    super();
  }
}

/** A member of the organization with a role in one workspace. */
export interface WorkspaceMemberView extends Omit<MemberView, 'role'> {
  readonly role: WorkspaceRole;
}

export class ListWorkspaceMembers extends Query<Page<WorkspaceMemberView>> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly page: PageRequest,
  ) {
    super();
  }
}

/** Gives a member of the organization a role in the workspace; `conflict` for a stranger and for the last owner. */
export class PutWorkspaceMember extends Command<WorkspaceMemberView> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly subject: string,
    readonly role: WorkspaceRole,
  ) {
    super();
  }
}

/** `conflict` for the last owner of the workspace. */
export class RemoveWorkspaceMember extends Command<void> {
  constructor(
    readonly workspace: WorkspaceRef,
    readonly subject: string,
  ) {
    super();
  }
}

export interface KeyView {
  readonly id: string;
  readonly name: string;
  /** First characters, to tell keys apart. */
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  /** Slug of the one workspace that the key is held to. */
  readonly workspace: string | null;
  readonly status: 'active' | 'expired' | 'revoked';
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly created_at: string;
  readonly created_by: string | null;
}

/** A key with its secret, which is told this once. */
export interface NewKeyView extends KeyView {
  readonly key: string;
}

/** Makes a key; `invalid` for a workspace that is not there. */
export class CreateKey extends Command<NewKeyView> {
  constructor(
    readonly organization: OrganizationRef,
    readonly key: {
      readonly name: string;
      readonly scopes: readonly Scope[];
      readonly workspace: string | null;
      readonly expiresAt: Date | null;
    },
    readonly createdBy: string | null,
  ) {
    super();
  }
}

/** Keys of the organization, newest first, revoked ones included. */
export class ListKeys extends Query<Page<KeyView>> {
  constructor(
    readonly organization: OrganizationRef,
    readonly page: PageRequest,
  ) {
    super();
  }
}

export class GetKey extends Query<KeyView> {
  constructor(
    readonly organization: OrganizationRef,
    readonly keyId: string,
  ) {
    super();
  }
}

/** Ends a key at once; a repeat changes nothing. */
export class RevokeKey extends Command<KeyView> {
  constructor(
    readonly organization: OrganizationRef,
    readonly keyId: string,
  ) {
    super();
  }
}

/** An organization as a caller sees it: with their role, and the workspaces that they see. */
export interface CallerPlace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: OrganizationRole | null;
  readonly workspaces: readonly {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly role: WorkspaceRole | null;
  }[];
}

/** Where a caller belongs. */
export class ListPlacesOfCaller extends Query<{
  readonly organizations: readonly CallerPlace[];
  /** End of the key's life. */
  readonly expiresAt: string | null;
}> {
  constructor(readonly callerId: string) {
    super();
  }
}

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

/** Who asks, with what standing, and what of the path they may see; nulls where a part is absent or hidden from them. */
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
