import { Query } from '@nestjs/cqrs';

/** Every action that is written down, as `<resource>.<action>`: the part before the dot is the type of `resource_id`. */
export const auditActions = [
  'organization.created',
  'organization.updated',
  'organization.deleted',
  'workspace.created',
  'workspace.updated',
  'workspace.deleted',
  'project.created',
  'project.updated',
  'project.deleted',
  'project.exported',
  'project.findings_exported',
  'project.previewed',
  'member.added',
  'member.updated',
  'member.removed',
  'key.created',
  'key.updated',
  'key.revoked',
  'template.created',
  'template.updated',
  'template.deleted',
  'template.logo_uploaded',
  'logo.uploaded',
  'import.created',
  'import.deleted',
  'assessment.created',
  'assessment.updated',
  'assessment.deleted',
  'finding.triaged',
  'build.requested',
  'build.retried',
  'build.cancelled',
  'build.deleted',
  /** A completed build was read: its answer holds a signed URL, so this is the grant of a download. */
  'build.viewed',
  'webhook.created',
  'webhook.updated',
  /** By the service: its receiver was gone or did not answer any more. */
  'webhook.disabled',
  'webhook.deleted',
  'webhook.secret_rotated',
  'webhook.redelivered',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Where an action was done: always an organization, below it as far as the action has a place. */
export interface AuditPlace {
  readonly organizationId: string;
  readonly workspaceId?: string | null;
  readonly projectId?: string | null;
}

/**
 * Numbers, flags and single words such as a role: `{ count: 12 }`, `{ role: 'owner' }`. Nothing that a person wrote:
 * the log outlives what it speaks of.
 */
export type AuditDetails = Readonly<Record<string, number | boolean | string>>;

/** One line of the audit log, as owners read it. */
export interface AuditEntryView {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly workspace_id: string | null;
  readonly project_id: string | null;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly request_id: string | null;
  readonly address: string | null;
  readonly details: AuditDetails;
}

export interface AuditFilter {
  readonly action?: readonly string[];
  readonly actorId?: string;
  readonly resourceType?: string;
  readonly resourceId?: string;
  readonly projectId?: string;
  /** Inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

export interface AuditPage {
  readonly entries: readonly AuditEntryView[];
  /** Where the next page begins; null after the last. */
  readonly nextCursor: string | null;
}

/** The audit log of an organization, newest first. */
export class ListAuditEntries extends Query<AuditPage> {
  constructor(
    readonly organizationId: string,
    readonly filter: AuditFilter,
    readonly limit: number,
    readonly cursor: string | null,
  ) {
    super();
  }
}
