/** The tenant and project a message is about. Only the access guard makes one, from one query. */
export interface ProjectRef {
  readonly organizationId: string;
  readonly workspaceId: string;
  readonly projectId: string;
  readonly name: string;
  /** Path of the project under the API, for links: `/api/v1/org/acme/ws/red-team/airt/projects/assistant`. */
  readonly path: string;
}

/** Organization and workspace of a request, where no project is named. */
export interface WorkspaceRef {
  readonly organizationId: string;
  readonly workspaceId: string;
}

/** Who asks: an API key with its scopes. */
export interface Caller {
  readonly keyId: string;
  readonly scopes: readonly Scope[];
}

export const scopes = ['read', 'write', 'build', 'admin'] as const;
export type Scope = (typeof scopes)[number];
