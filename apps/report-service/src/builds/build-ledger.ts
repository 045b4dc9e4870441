import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  ArtifactsDiscarded,
  ReportBuildQueued,
  ReportCancelled,
  ReportCompleted,
  ReportDeleted,
  ReportFailed,
  type StoredArtifact,
  type Transaction,
} from '#contracts';
import type { BuildStatus } from '#domain';
import { changedRows, CONFIG, type Config, Database, Outbox } from '#platform';
import { type BuildFailureCode, buildFailures } from './build-failure.ts';
import { type buildTransitions, ReportBuild } from './report-build.ts';

/** Proof that a worker may still write about a build: its lease, by Postgres's clock. */
export interface BuildLease {
  readonly build: ReportBuild;
  readonly token: string;
}

/** What a finished build teaches about the time of the next. */
interface Measured {
  readonly findings: number;
  readonly ms: number;
}

interface BuildRow {
  readonly id: string;
  readonly organization_id: string;
  readonly project_id: string;
  readonly attempt: number;
}

/** From where the table of transitions leads to a status: an edge that it does not have is not compiled. */
type StatusBefore<To extends BuildStatus> = {
  [From in BuildStatus]: To extends (typeof buildTransitions)[From][number] ? From : never;
}[BuildStatus];

const noLease = 'lease_token = null, lease_until = null';

/** What a build takes on with a status. The lease goes with `in_progress`: its worker's next heartbeat tells it to stop. */
const onArrival: Readonly<Record<BuildStatus, string>> = {
  queued: `${noLease}, progress_stage = null, progress_percent = 0`,
  in_progress: `started_at = coalesce(started_at, now()), progress_stage = 'reading', progress_percent = 0`,
  completed: `${noLease}, completed_at = now(), progress_stage = 'done', progress_percent = 100`,
  failed: `${noLease}, completed_at = now(), progress_stage = null, progress_percent = 0`,
  cancelled: `${noLease}, completed_at = now()`,
  expired: noLease,
};

/**
 * All that is written of builds, with the events that say so in the same transaction. A transition is one UPDATE, fenced
 * by status and lease: no row changed means that the lease was lost meanwhile, and the caller's result is dropped. A late
 * worker can do no harm.
 */
@Injectable()
export class BuildLedger {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * A new build, queued. Workers hear of it by `wake`, or not at all when it is removed again. Postgres dates it, as all
   * that follows; to the millisecond, which is what cursors of lists hold.
   */
  async add(tx: EntityManager, build: ReportBuild): Promise<void> {
    const accepted = `date_trunc('milliseconds', now())`;
    const dates = {
      createdAt: () => accepted,
      nextAttemptAt: () => accepted,
      deadlineAt: () => `${accepted} + make_interval(secs => ${this.config.builds.deadlineSeconds})`,
    };
    await tx.insert(ReportBuild, Object.assign({}, build, dates));
    const { createdAt } = await tx.findOneOrFail(ReportBuild, { select: { createdAt: true }, where: { id: build.id } });
    build.createdAt = createdAt;
  }

  async remove(tx: EntityManager, { id }: ReportBuild): Promise<void> {
    await tx.delete(ReportBuild, { id });
  }

  async wake(tx: Transaction, { organizationId, id }: ReportBuild): Promise<void> {
    await this.outbox.add(tx, new ReportBuildQueued(organizationId, id, { attempt: 0 }));
  }

  /**
   * queued → in_progress for the build whose turn it is among organizations; null when none is due. Which one woke the
   * worker does not count: as many wake-ups as builds, and a free slot takes the next.
   */
  async claim(): Promise<BuildLease | null> {
    const token = randomUUID();
    return this.database.background(async (tx) => {
      const [claimed] = await this.move(tx, ['queued'], 'in_progress', {
        set: 'attempt = attempt + 1, lease_token = $1, lease_until = now() + make_interval(secs => $2)',
        where: `id = (
          select b.id from builds.report_build b join builds.in_turn() turn on turn.id = b.id
          where b.status = 'queued' and b.next_attempt_at <= now() and b.deadline_at > now() and b.attempt < $3
          order by turn.place limit 1 for update of b skip locked)`,
        values: [token, this.config.builds.leaseSeconds, this.config.builds.maxAttempts],
      });
      return claimed ? { build: await tx.findOneByOrFail(ReportBuild, { id: claimed.id }), token } : null;
    });
  }

  /** Extends the lease; false when it is lost, the build was cancelled, or its deadline is over. */
  async heartbeat({ build, token }: BuildLease, progress: { stage: string | null; percent: number }): Promise<boolean> {
    const rows = await this.database.background((tx) =>
      changedRows(
        tx,
        `update builds.report_build set lease_until = now() + make_interval(secs => $3), progress_stage = $4,
           progress_percent = greatest(progress_percent, $5)
         where id = $1 and status = 'in_progress' and lease_token = $2 and lease_until > now() and deadline_at > now()
         returning id`,
        [build.id, token, this.config.builds.leaseSeconds, progress.stage, progress.percent],
      ),
    );
    return rows.length > 0;
  }

  /** in_progress → completed; false when the lease was lost. */
  async complete({ build, token }: BuildLease, artifact: StoredArtifact, measured: Measured): Promise<boolean> {
    return this.database.background(async (tx) => {
      const [row] = await this.move(tx, ['in_progress'], 'completed', {
        set: 'object_key = $3, file_size_bytes = $4, sha256 = $5, finding_count = $6, build_ms = $7',
        where: 'id = $1 and lease_token = $2',
        values: [
          build.id,
          token,
          artifact.objectKey,
          artifact.sizeBytes,
          artifact.sha256,
          measured.findings,
          measured.ms,
        ],
      });
      if (!row) return false;
      await this.outbox.add(
        tx,
        new ReportCompleted(row.organization_id, row.id, {
          build_id: row.id,
          project_id: row.project_id,
          format: build.format,
          file_size_bytes: artifact.sizeBytes,
          sha256: artifact.sha256,
          completed_at: row.moved_at,
        }),
      );
      if (row.attempt > 1) await this.discard(tx, row, 'superseded', artifact.objectKey);
      return true;
    });
  }

  /** in_progress → queued when another attempt may help, else → failed. False, and nothing happens, when the lease was lost. */
  async giveUp({ build, token }: BuildLease, code: BuildFailureCode): Promise<boolean> {
    const ended = await this.database.background((tx) =>
      this.endAttempts(tx, code, 'id = $1 and lease_token = $2', [build.id, token]),
    );
    return ended > 0;
  }

  /** in_progress → queued or failed for builds whose worker died: their lease ran out by Postgres's clock. */
  async recoverLostLeases(): Promise<number> {
    return this.database.background((tx) => this.endAttempts(tx, 'worker_crashed', 'lease_until < now()', []));
  }

  /** in_progress → queued at shutdown: the attempt does not count, and another process may start at once. */
  async release({ build, token }: BuildLease): Promise<void> {
    await this.database.background((tx) =>
      this.requeue(tx, () => `release-${token}`, {
        set: 'attempt = attempt - 1, next_attempt_at = now()',
        where: 'id = $1 and lease_token = $2',
        values: [build.id, token],
      }),
    );
  }

  /** queued or in_progress → failed for builds past their deadline, whatever they wait for or are doing. */
  async failOverdue(): Promise<void> {
    await this.database.background((tx) =>
      this.fail(tx, ['queued', 'in_progress'], 'deadline_exceeded', { where: 'deadline_at < now()', values: [] }),
    );
  }

  /** queued or in_progress → cancelled; false when the build is not there, or has ended. */
  async cancel(tx: Transaction, projectId: string, buildId: string): Promise<boolean> {
    const [row] = await this.move(tx, ['queued', 'in_progress'], 'cancelled', {
      where: 'id = $1 and project_id = $2',
      values: [buildId, projectId],
    });
    if (!row) return false;
    await this.outbox.add(tx, new ReportCancelled(row.organization_id, row.id, identity(row)));
    await this.discard(tx, row, 'cancelled', null);
    return true;
  }

  /** completed → expired for reports older than retention; row first, so that it is said before the object goes. */
  async expire(): Promise<void> {
    await this.database.background((tx) =>
      this.expireThose(tx, {
        where: `id in (select id from builds.report_build where status = 'completed'
          and completed_at < now() - make_interval(days => $1) limit 100 for update skip locked)`,
        values: [this.config.builds.retentionDays],
      }),
    );
  }

  /** completed → expired for a report whose object somebody removed: what is completed can be fetched. */
  async noteMissing(buildId: string, objectKey: string): Promise<void> {
    await this.database.background((tx) =>
      this.expireThose(tx, {
        set: `error_code = 'artifact_missing'`,
        where: 'id = $1 and object_key = $2',
        values: [buildId, objectKey],
      }),
    );
  }

  /** Of builds that hold these imports: completed → expired, and in_progress → queued or failed, for their snapshot still has them. */
  async withdraw(tx: Transaction, projectId: string, importIds: readonly string[]): Promise<void> {
    const builds = await this.lock(tx, 'project_id = $1 and watermark && $2::uuid[]', [projectId, importIds]);
    const values = [builds.map(({ id }) => id)];
    await this.expireThose(tx, { where: 'id = any($1)', values });
    await this.requeue(tx, ({ attempt }) => `data-deleted-${attempt}`, {
      set: 'next_attempt_at = now()',
      where: `id = any($1) and attempt < ${this.config.builds.maxAttempts}`,
      values,
    });
    await this.fail(tx, ['in_progress'], 'data_deleted', { where: 'id = any($1)', values });
  }

  /** The build and its report are gone, wherever it was; false when it is not there. */
  async delete(tx: Transaction, projectId: string, buildId: string): Promise<boolean> {
    const [row] = await changedRows<BuildRow & { status: BuildStatus }>(
      tx,
      `delete from builds.report_build where id = $1 and project_id = $2 returning ${buildRow}, status`,
      [buildId, projectId],
    );
    if (!row) return false;
    // Every accepted build says how it ended; one that still ran is ended here.
    if (row.status === 'queued' || row.status === 'in_progress')
      await this.outbox.add(tx, new ReportCancelled(row.organization_id, row.id, identity(row)));
    await this.outbox.add(tx, new ReportDeleted(row.organization_id, row.id, identity(row)));
    await this.discard(tx, row, 'deleted', null);
    return true;
  }

  /** The builds of a project that is deleted go with their reports; nobody is left to hear of each. */
  async deleteAll(tx: Transaction, projectId: string): Promise<void> {
    for (const row of await this.lock(tx, 'project_id = $1', [projectId])) await this.discard(tx, row, 'deleted', null);
    await tx.query('delete from builds.report_build where project_id = $1', [projectId]);
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

  private async endAttempts(
    tx: Transaction,
    code: BuildFailureCode,
    where: string,
    values: unknown[],
  ): Promise<number> {
    const again = `(${String(buildFailures[code].retry)} and attempt < ${this.config.builds.maxAttempts} and deadline_at > now())`;
    const requeued = await this.requeue(tx, ({ attempt }) => String(attempt), {
      set: 'next_attempt_at = now() + make_interval(secs => least(60, power(2, attempt - 1)) - 1)',
      where: `${where} and ${again}`,
      values,
    });
    const failed = await this.fail(tx, ['in_progress'], code, { where: `${where} and not ${again}`, values });
    return requeued + failed;
  }

  private async requeue(tx: Transaction, reason: (row: BuildRow) => string, change: Change): Promise<number> {
    const rows = await this.move(tx, ['in_progress'], 'queued', change);
    for (const row of rows) {
      const { organization_id, id, attempt } = row;
      await this.outbox.add(tx, new ReportBuildQueued(organization_id, id, { attempt }, reason(row)));
    }
    return rows.length;
  }

  private async fail(
    tx: Transaction,
    from: readonly StatusBefore<'failed'>[],
    code: BuildFailureCode,
    { where, values }: Omit<Change, 'set'>,
  ): Promise<number> {
    const { message } = buildFailures[code];
    const set = `error_code = $${values.length + 1}, error_message = $${values.length + 2}`;
    const rows = await this.move(tx, from, 'failed', { set, where, values: [...values, code, message] });
    for (const row of rows) {
      await this.outbox.add(tx, new ReportFailed(row.organization_id, row.id, { ...identity(row), error_code: code }));
      await this.discard(tx, row, 'failed', null);
    }
    return rows.length;
  }

  private async expireThose(tx: Transaction, change: Change): Promise<void> {
    for (const row of await this.move(tx, ['completed'], 'expired', change)) {
      await this.discard(tx, row, 'expired', null);
    }
  }

  /** The one statement that changes the status of a build. */
  private move<To extends BuildStatus>(
    tx: Transaction,
    from: readonly StatusBefore<To>[],
    to: To,
    { set, where, values }: Change,
  ): Promise<(BuildRow & { readonly moved_at: string })[]> {
    return changedRows(
      tx,
      `update builds.report_build set status = '${to}', ${onArrival[to]}${set === undefined ? '' : `, ${set}`}
       where status in (${from.map((status) => `'${status}'`).join(', ')}) and ${where}
       returning ${buildRow}, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as moved_at`,
      values,
    );
  }

  /** Before their status is looked at: a worker that is just completing ends first, and is then seen as completed. */
  private lock(tx: Transaction, where: string, values: unknown[]): Promise<BuildRow[]> {
    return tx.query(`select ${buildRow} from builds.report_build where ${where} order by id for update`, values);
  }

  /** What attempts left in the store goes, however long the store is away. */
  private async discard(
    tx: Transaction,
    row: BuildRow,
    why: ArtifactsDiscarded['discriminator'],
    keep: string | null,
  ): Promise<void> {
    await this.outbox.add(tx, new ArtifactsDiscarded(row.organization_id, row.id, { keep }, why));
  }
}

interface Change {
  readonly set?: string;
  readonly where: string;
  readonly values: unknown[];
}

const buildRow = 'id, organization_id, project_id, attempt';

const identity = ({ id, project_id }: BuildRow): { build_id: string; project_id: string } => ({
  build_id: id,
  project_id,
});
