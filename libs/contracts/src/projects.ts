import { Command, Query } from '@nestjs/cqrs';
import type { WorkspaceRef } from './project-ref.ts';

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

/** Projects of a workspace, by slug. */
export class ListProjects extends Query<readonly ProjectView[]> {
  constructor(readonly workspace: WorkspaceRef) {
    super();
  }
}

/** What an API key may reach on a path; nulls where a part is absent or belongs to another organization. */
export interface Access {
  readonly keyId: string;
  readonly expired: boolean;
  readonly scopes: readonly string[];
  readonly organizationId: string | null;
  readonly workspaceId: string | null;
  readonly projectId: string | null;
  readonly projectSlug: string | null;
  readonly projectName: string | null;
}

/** Resolves key, organization, workspace and project in one query; null for an unknown or revoked key. */
export class ResolveAccess extends Query<Access | null> {
  constructor(
    readonly apiKey: string,
    readonly path: { readonly org?: string; readonly workspace?: string; readonly project?: string },
  ) {
    super();
  }
}
