import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ArtifactsDiscarded, ReportBuildQueued, ReportCompleted, ReportFailed, type StoredArtifact } from '#contracts';
import { CONFIG, type Config, Database, Outbox } from '#platform';
import { type BuildFailureCode, buildFailures } from './build-failure.ts';
import { ReportBuild } from './report-build.ts';

/** Proof that a worker may still write about a build: its lease, by Postgres's clock. */
export interface BuildLease {
  readonly build: ReportBuild;
  readonly token: string;
}

/** What a finished build teaches about the time of the next. */
export interface Measured {
  readonly findings: number;
  readonly ms: number;
}

interface BuildIdentity {
  readonly id: string;
  readonly organization_id: string;
  readonly project_id: string;
  readonly attempt: number;
}

/**
 * Every transition of a build after its acceptance: one UPDATE each, fenced by status and lease. No row changed means
 * that the lease was lost meanwhile, and the caller's result is dropped. A late worker can do no harm.
 */
@Injectable()
export class BuildLedger {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** queued → in_progress; null when there is nothing to do (taken, ended, not due, or out of attempts). */
  async claim(buildId: string): Promise<BuildLease | null> {
    const token = randomUUID();
    return this.database.background(async (tx) => {
      const claimed = await updated(
        tx,
        `update builds.report_build set status = 'in_progress', attempt = attempt + 1, lease_token = $2,
           lease_until = now() + make_interval(secs => $3), started_at = coalesce(started_at, now()),
           progress_stage = 'reading', progress_percent = 0
         where id = $1 and status = 'queued' and next_attempt_at <= now() and deadline_at > now() and attempt < $4
         returning id, organization_id, project_id, attempt`,
        [buildId, token, this.config.builds.leaseSeconds, this.config.builds.maxAttempts],
      );
      if (claimed.length === 0) return null;
      return { build: await tx.findOneByOrFail(ReportBuild, { id: buildId }), token };
    });
  }

  /** Extends the lease; false when it is lost or the build was cancelled. */
  async heartbeat({ build, token }: BuildLease, progress: { stage: string | null; percent: number }): Promise<boolean> {
    const rows = await this.database.background((tx) =>
      updated(
        tx,
        `update builds.report_build set lease_until = now() + make_interval(secs => $3), progress_stage = $4,
           progress_percent = greatest(progress_percent, $5)
         where id = $1 and status = 'in_progress' and lease_token = $2 and lease_until > now() returning id`,
        [build.id, token, this.config.builds.leaseSeconds, progress.stage, progress.percent],
      ),
    );
    return rows.length > 0;
  }

  /** in_progress → completed, with the event in the same transaction; false when the lease was lost. */
  async complete({ build, token }: BuildLease, artifact: StoredArtifact, measured: Measured): Promise<boolean> {
    return this.database.background(async (tx) => {
      const [row] = await updated<BuildIdentity & { completed_at: string }>(
        tx,
        `update builds.report_build set status = 'completed', lease_token = null, lease_until = null, completed_at = now(),
           object_key = $3, file_size_bytes = $4, sha256 = $5, progress_stage = 'done', progress_percent = 100,
           finding_count = $6, build_ms = $7
         where id = $1 and status = 'in_progress' and lease_token = $2
         returning id, organization_id, project_id, attempt,
           to_char(completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as completed_at`,
        [build.id, token, artifact.objectKey, artifact.sizeBytes, artifact.sha256, measured.findings, measured.ms],
      );
      if (!row) return false;
      await this.outbox.add(
        tx,
        new ReportCompleted(row.organization_id, row.id, {
          build_id: row.id,
          project_id: row.project_id,
          format: build.format,
          file_size_bytes: artifact.sizeBytes,
          sha256: artifact.sha256,
          completed_at: row.completed_at,
        }),
      );
      if (row.attempt > 1) await this.discard(tx, row, 'superseded', artifact.objectKey);
      return true;
    });
  }

  /** in_progress → queued when another attempt may help, else → failed. False, and nothing happens, when the lease was lost. */
  async giveUp({ build, token }: BuildLease, code: BuildFailureCode): Promise<boolean> {
    const ended = await this.database.background((tx) =>
      this.endAttempt(tx, code, 'id = $4 and lease_token = $5', [build.id, token]),
    );
    return ended > 0;
  }

  /** Shutdown: the attempt does not count, and another process may start at once. */
  async release({ build, token }: BuildLease): Promise<void> {
    await this.database.background(async (tx) => {
      const [row] = await updated<BuildIdentity>(
        tx,
        `update builds.report_build set status = 'queued', attempt = attempt - 1, lease_token = null, lease_until = null,
           next_attempt_at = now(), progress_stage = null, progress_percent = 0
         where id = $1 and status = 'in_progress' and lease_token = $2
         returning id, organization_id, project_id, attempt`,
        [build.id, token],
      );
      if (row) await this.requeue(tx, row, `release-${token}`);
    });
  }

  /** Builds whose worker died: their lease ran out by Postgres's clock. */
  async recoverLostLeases(): Promise<number> {
    return this.database.background((tx) => this.endAttempt(tx, 'worker_crashed', 'lease_until < now()', []));
  }

  /** Queued builds past their deadline, whatever kept them waiting. */
  async failOverdue(): Promise<void> {
    await this.database.background(async (tx) => {
      const rows = await updated<BuildIdentity>(
        tx,
        `update builds.report_build set status = 'failed', completed_at = now(), error_code = 'deadline_exceeded', error_message = $1
         where status = 'queued' and deadline_at < now() returning id, organization_id, project_id, attempt`,
        [buildFailures.deadline_exceeded.message],
      );
      for (const row of rows) await this.announceFailure(tx, row, 'deadline_exceeded');
    });
  }

  /** Queued builds that nobody took: the queue may have lost them. */
  async findForgotten(waitedSeconds: number): Promise<readonly { id: string; attempt: number }[]> {
    return this.database.background((tx) =>
      tx.query<{ id: string; attempt: number }[]>(
        `select id, attempt from builds.report_build
         where status = 'queued' and next_attempt_at < now() - make_interval(secs => $1) order by next_attempt_at limit 100`,
        [waitedSeconds],
      ),
    );
  }

  /** completed → expired for reports older than retention; row first, so that it is said before the object goes. */
  async expire(): Promise<void> {
    await this.database.background(async (tx) => {
      const rows = await updated<BuildIdentity>(
        tx,
        `update builds.report_build set status = 'expired'
         where id in (select id from builds.report_build where status = 'completed'
           and completed_at < now() - make_interval(days => $1) limit 100 for update skip locked)
         returning id, organization_id, project_id, attempt`,
        [this.config.builds.retentionDays],
      );
      for (const row of rows) await this.discard(tx, row, 'expired', null);
    });
  }

  /** completed → expired for a report whose object somebody removed: what is completed can be fetched. */
  async noteMissing(buildId: string, objectKey: string): Promise<void> {
    await this.database.background(async (tx) => {
      const rows = await updated<BuildIdentity>(
        tx,
        `update builds.report_build set status = 'expired', error_code = 'artifact_missing'
         where id = $1 and status = 'completed' and object_key = $2
         returning id, organization_id, project_id, attempt`,
        [buildId, objectKey],
      );
      for (const row of rows) await this.discard(tx, row, 'expired', null);
    });
  }

  async forgetIdempotencyKeys(): Promise<void> {
    await this.database.background((tx) =>
      tx.query(`delete from builds.idempotency_key where created_at < now() - interval '24 hours'`),
    );
  }

  private async endAttempt(
    tx: EntityManager,
    code: BuildFailureCode,
    which: string,
    values: unknown[],
  ): Promise<number> {
    const rows = await updated<BuildIdentity & { status: string }>(
      tx,
      `update builds.report_build set
         status = case when $1 and attempt < $2 and deadline_at > now() then 'queued' else 'failed' end,
         lease_token = null, lease_until = null, progress_stage = null, progress_percent = 0,
         next_attempt_at = now() + make_interval(secs => least(60, power(2, attempt - 1)) - 1),
         completed_at = case when $1 and attempt < $2 and deadline_at > now() then null else now() end,
         error_code = case when $1 and attempt < $2 and deadline_at > now() then null else $3 end,
         error_message = case when $1 and attempt < $2 and deadline_at > now() then null else ${messageOf(code)} end
       where status = 'in_progress' and ${which}
       returning id, organization_id, project_id, attempt, status`,
      [buildFailures[code].retry, this.config.builds.maxAttempts, code, ...values],
    );
    for (const row of rows) {
      if (row.status === 'queued') await this.requeue(tx, row, String(row.attempt));
      else await this.announceFailure(tx, row, code);
    }
    return rows.length;
  }

  private async announceFailure(tx: EntityManager, row: BuildIdentity, code: BuildFailureCode): Promise<void> {
    const payload = { build_id: row.id, project_id: row.project_id, error_code: code };
    await this.outbox.add(tx, new ReportFailed(row.organization_id, row.id, payload));
    await this.discard(tx, row, 'failed', null);
  }

  /** What attempts left in the store goes, however long the store is away. */
  private async discard(
    tx: EntityManager,
    row: BuildIdentity,
    why: ArtifactsDiscarded['discriminator'],
    keep: string | null,
  ): Promise<void> {
    await this.outbox.add(tx, new ArtifactsDiscarded(row.organization_id, row.id, { keep }, why));
  }

  private async requeue(tx: EntityManager, row: BuildIdentity, discriminator: string): Promise<void> {
    await this.outbox.add(
      tx,
      new ReportBuildQueued(row.organization_id, row.id, { attempt: row.attempt }, discriminator),
    );
  }
}

/** A literal of our own catalogue; quoted all the same. */
const messageOf = (code: BuildFailureCode): string => `'${buildFailures[code].message.replaceAll("'", "''")}'`;

/** TypeORM answers an UPDATE … RETURNING with [rows, count]. */
async function updated<Row = { id: string }>(tx: EntityManager, sql: string, values: unknown[]): Promise<Row[]> {
  const [rows] = await tx.query<[Row[], number]>(sql, values);
  return rows;
}
