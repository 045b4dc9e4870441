import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditDetails, AuditPlace } from '#contracts';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.ts';
import { auditContext } from './audit-context.ts';

/** Writes the audit log: who did what to which thing, when, by which request. Ids only, never content. ADR 0030. */
@Injectable()
export class AuditTrail {
  constructor(private readonly database: Database) {}

  /** In the transaction that does the action: both are kept, or neither. */
  async record(
    tx: EntityManager,
    action: AuditAction,
    place: AuditPlace,
    resourceId: string | null,
    details: AuditDetails = {},
  ): Promise<void> {
    await tx.query(`${insert} values (${parameters})`, valuesOf(action, place, resourceId, details));
    const context = auditContext.getStore();
    if (context) context.recorded = true;
  }

  /** By itself, in one round trip, where there is no transaction to share: reads, exports. */
  async append(
    action: AuditAction,
    place: AuditPlace,
    resourceId: string | null,
    details: AuditDetails = {},
  ): Promise<void> {
    // The policy looks at each row after the one before it in the plan, which names the tenant, was read.
    await this.database.anonymous(
      `with tenant as materialized (select set_config('app.organization_id', $2, true) as id)
       ${insert} select ${parameters} from tenant where tenant.id is not null`,
      valuesOf(action, place, resourceId, details),
    );
  }
}

const insert = `insert into audit.entry (
  id, organization_id, workspace_id, project_id, action, resource_type, resource_id,
  actor_kind, actor_id, actor_name, request_id, address, details)`;

const parameters =
  '$1::uuid, $2::text::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::text, ' +
  '$8::text, $9::text, $10::text, $11::text, $12::inet, $13::jsonb';

function valuesOf(
  action: AuditAction,
  place: AuditPlace,
  resourceId: string | null,
  details: AuditDetails,
): readonly unknown[] & unknown[] {
  const context = auditContext.getStore();
  refuseProse(details);
  return [
    randomUUID(),
    place.organizationId,
    place.workspaceId ?? null,
    place.projectId ?? null,
    action,
    action.slice(0, action.indexOf('.')),
    resourceId,
    context?.actor.kind ?? 'system',
    context?.actor.id ?? null,
    context?.actor.name ?? null,
    context?.requestId ?? null,
    context?.address ?? null,
    JSON.stringify(details),
  ];
}

/** A word such as a role or a status passes; what somebody wrote does not. */
function refuseProse(details: AuditDetails): void {
  for (const [name, value] of Object.entries(details)) {
    if (typeof value === 'string' && !/^[a-z][a-z0-9_]{0,39}$/.test(value)) {
      throw new Error(`The audit log takes no text, but "${name}" is one.`);
    }
  }
}
