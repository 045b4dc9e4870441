import { Injectable } from '@nestjs/common';
import { AppError, type ProjectRef } from '#contracts';
import { Database } from '#platform';
import type { EntityManager } from 'typeorm';
import { ReportBuild } from '../report-build.ts';

export interface IdempotentRequest {
  readonly key: string;
  readonly requestHash: string;
}

/** Remembers for 24 hours which build a key made, so that a repeated POST makes no second one. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly database: Database) {}

  /** The build that this key made before; `idempotency_key_reused` when it was for another request. */
  async find(project: ProjectRef, request: IdempotentRequest): Promise<ReportBuild | null> {
    return this.database.transaction(project.organizationId, (tx) => lookUp(tx, project, request));
  }

  /** Keeps the key for a new build. When somebody else was first, undoes ours and answers with theirs. */
  async keep(
    tx: EntityManager,
    project: ProjectRef,
    request: IdempotentRequest,
    build: ReportBuild,
  ): Promise<ReportBuild | null> {
    await tx.query(`set local lock_timeout = '5s'`);
    const inserted = await this.insert(tx, project, request, build);
    if (inserted) return null;
    await tx.delete(ReportBuild, { id: build.id });
    return lookUp(tx, project, request);
  }

  private async insert(
    tx: EntityManager,
    project: ProjectRef,
    request: IdempotentRequest,
    build: ReportBuild,
  ): Promise<boolean> {
    try {
      const rows = await tx.query<unknown[]>(
        `insert into builds.idempotency_key (organization_id, project_id, key, request_hash, build_id)
         values ($1, $2, $3, $4, $5) on conflict (project_id, key) do nothing returning key`,
        [project.organizationId, project.projectId, request.key, request.requestHash, build.id],
      );
      return rows.length > 0;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === '55P03') {
        throw new AppError('idempotency_in_progress', {}, { cause: error });
      }
      throw error;
    }
  }
}

async function lookUp(tx: EntityManager, project: ProjectRef, request: IdempotentRequest): Promise<ReportBuild | null> {
  const [row] = await tx.query<{ build_id: string; request_hash: string }[]>(
    `select build_id, request_hash from builds.idempotency_key
     where project_id = $1 and key = $2 and created_at > now() - interval '24 hours'`,
    [project.projectId, request.key],
  );
  if (!row) return null;
  if (row.request_hash !== request.requestHash) throw new AppError('idempotency_key_reused');
  return tx.findOneBy(ReportBuild, { id: row.build_id });
}
