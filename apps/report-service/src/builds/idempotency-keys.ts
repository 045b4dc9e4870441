import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, type BuildView, type ProjectRef } from '#contracts';
import { canonicalJson } from '#domain';
import { Database } from '#platform';
import type { EntityManager } from 'typeorm';

export interface IdempotentRequest {
  readonly key: string;
  /** Operation that it was sent to: the same key elsewhere is another key. */
  readonly route: 'build_report' | 'retry_build_job';
  /** SHA-256 of what was asked, in canonical form. */
  readonly requestHash: string;
}

/** A key with what it was sent for; null without a key. */
export function idempotent(
  key: string | undefined,
  route: IdempotentRequest['route'],
  request: unknown,
): IdempotentRequest | null {
  if (key === undefined) return null;
  return { key, route, requestHash: createHash('sha256').update(canonicalJson(request)).digest('hex') };
}

/** Remembers for 24 hours what a key was answered, so that a repeated POST makes no second build. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly database: Database) {}

  /** What this key was answered before; `idempotency_key_reused` when it was for another request. */
  async find(project: ProjectRef, request: IdempotentRequest): Promise<BuildView | null> {
    return this.database.read(project.organizationId, (tx) => lookUp(tx, project, request));
  }

  /**
   * Claims the key in the transaction that makes the build. Null: it is ours. Otherwise somebody was first, and this is
   * their answer. The second of two callers waits here until the first has committed or gone.
   */
  async claim(
    tx: EntityManager,
    project: ProjectRef,
    request: IdempotentRequest,
    answer: BuildView,
  ): Promise<BuildView | null> {
    await tx.query(`set local lock_timeout = '5s'`);
    const ours = await this.insert(tx, project, request, answer);
    await tx.query('set local lock_timeout = 0');
    if (ours) return null;
    const first = await lookUp(tx, project, request);
    if (first) return first;
    // Swept away between the two statements; a repeat finds it free.
    throw new AppError('idempotency_in_progress');
  }

  /** Keys past their 24 hours, of all tenants. */
  async sweep(): Promise<void> {
    await this.database.background((tx) =>
      tx.query(`delete from builds.idempotency_key where created_at < now() - interval '24 hours'`),
    );
  }

  private async insert(
    tx: EntityManager,
    project: ProjectRef,
    request: IdempotentRequest,
    answer: BuildView,
  ): Promise<boolean> {
    try {
      const rows = await tx.query<unknown[]>(
        // A key past its 24 hours is as good as none, swept or not.
        `insert into builds.idempotency_key as k (organization_id, project_id, route, key, request_hash, build_id, answer)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (project_id, route, key) do update set request_hash = excluded.request_hash,
           build_id = excluded.build_id, answer = excluded.answer, created_at = now()
         where k.created_at <= now() - interval '24 hours' returning key`,
        [
          project.organizationId,
          project.projectId,
          request.route,
          request.key,
          request.requestHash,
          answer.job_id,
          JSON.stringify(answer),
        ],
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

async function lookUp(tx: EntityManager, project: ProjectRef, request: IdempotentRequest): Promise<BuildView | null> {
  const [row] = await tx.query<{ answer: BuildView; request_hash: string }[]>(
    `select answer, request_hash from builds.idempotency_key
     where project_id = $1 and route = $2 and key = $3 and created_at > now() - interval '24 hours'`,
    [project.projectId, request.route, request.key],
  );
  if (!row) return null;
  if (row.request_hash !== request.requestHash) throw new AppError('idempotency_key_reused');
  // Dates are text in JSON; at acceptance it is the only one.
  return { ...row.answer, created_at: new Date(row.answer.created_at) };
}
