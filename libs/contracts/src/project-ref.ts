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

/** Organization of a request, where no workspace is named. */
export interface OrganizationRef {
  readonly organizationId: string;
}

/** Who asks: an API key, or a person with a token of the identity provider. */
export interface Caller {
  readonly kind: 'key' | 'user';
  /** UUID of the key; of a person, one made of the token's subject, the same in every organization. */
  readonly id: string;
  /** Name of the key; name, e-mail address or subject of the person. For people to read, never to decide by. */
  readonly name: string;
  /** Subject of the person's tokens; null for a key. */
  readonly subject: string | null;
  /** Id of the workspace that a key is held to; null for a key of all workspaces, and for a person. */
  readonly boundTo: string | null;
  /** What the caller may do at the place that the path names. */
  readonly scopes: readonly Scope[];
}

export const scopes = ['read', 'write', 'build', 'admin'] as const;
export type Scope = (typeof scopes)[number];
