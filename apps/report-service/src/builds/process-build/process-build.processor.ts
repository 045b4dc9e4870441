import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  AppError,
  ConfirmArtifact,
  type ProjectRef,
  ReserveArtifact,
  type Snapshot,
  StoreArtifact,
  type StoredArtifact,
} from '#contracts';
import { CONFIG, type Config, Database, isDatabaseTrouble } from '#platform';
import { RenderFailed, RenderingPool } from '#rendering';
import type { BuildFailureCode } from '../build-failure.ts';
import { BuildLedger, type BuildLease } from '../build-ledger.ts';
import { buildQueue } from '../build-queue.ts';
import { readReport, readReportImages } from '../report-reader.ts';
import { LeaseKeeper } from './lease-keeper.ts';

/** Takes a wake-up from the queue, and builds the report whose turn it is: claim, render, store, complete. */
@Processor(buildQueue, {
  // Our row decides about attempts; the queue must not give up on a job because workers died on it.
  maxStalledCount: 1_000,
  stalledInterval: 5_000,
  lockDuration: 30_000,
})
export class BuildProcessor extends WorkerHost implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(BuildProcessor.name);
  private readonly leases = new Set<LeaseKeeper>();
  private ending = false;

  constructor(
    private readonly ledger: BuildLedger,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly database: Database,
    private readonly rendering: RenderingPool,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = this.config.builds.concurrency;
  }

  async process(): Promise<void> {
    const lease = await this.ledger.claim();
    // Taken by somebody else, ended or cancelled: a wake-up too many is normal.
    if (!lease) return;
    if (this.ending) {
      // The process was asked to end while it claimed.
      await this.ledger.release(lease);
      return;
    }
    const keeper = new LeaseKeeper(this.ledger, lease, this.config.builds.leaseSeconds);
    this.leases.add(keeper);
    try {
      const from = performance.now();
      const { artifact, findings } = await this.build(lease, keeper);
      const measured = { findings, ms: Math.round(performance.now() - from) };
      const won = await this.ledger.complete(lease, artifact, measured);
      // Not won: the order that ended the build, or the attempt that won, also discards what was just stored.
      this.logger.log(attemptOf(lease), won ? 'report built' : 'build stopped: no longer ours');
    } catch (error) {
      await this.giveUp(lease, keeper, error);
    } finally {
      keeper.stop();
      this.leases.delete(keeper);
    }
  }

  /** One snapshot for every number and finding of the report; its rows stream through the renderer into the store. */
  private async build(
    { build }: BuildLease,
    keeper: LeaseKeeper,
  ): Promise<{ artifact: StoredArtifact; findings: number }> {
    const { organizationId, workspaceId, projectId } = build;
    const project: ProjectRef = { organizationId, workspaceId, projectId, name: build.plan.project_name, path: '' };
    const artifact = { organizationId, workspaceId, buildId: build.id, attempt: build.attempt, format: build.format };
    keeper.report('reading', 1);
    // The row comes before the bytes: what a crash leaves in the store can be found and removed.
    await this.commands.execute(new ReserveArtifact(artifact));
    const images = await readReportImages(this.queries, project, build.plan, keeper.signal);
    const store = async (snapshot: Snapshot): Promise<{ stored: StoredArtifact; findings: number }> => {
      const report = await readReport(this.queries, project, build.plan, build.watermark, images, snapshot);
      const bytes = await this.rendering.render({
        format: build.format,
        ...report,
        signal: keeper.signal,
        onProgress: ({ stage, fraction }) => {
          // What is being written is on its way to the store; other formats go there while they are read.
          if (stage === 'writing') keeper.report('storing', 96);
          else keeper.report(stage, Math.round(2 + 93 * fraction));
        },
      });
      const stored = await this.commands.execute(new StoreArtifact(artifact, bytes, keeper.signal));
      return { stored, findings: report.facts.finding_count };
    };
    const held = { pool: 'builds', signal: keeper.signal } as const;
    const { stored, findings } = await this.database.snapshot(organizationId, store, held);
    await this.commands.execute(new ConfirmArtifact(artifact, stored));
    return { artifact: stored, findings };
  }

  private async giveUp(lease: BuildLease, keeper: LeaseKeeper, error: unknown): Promise<void> {
    if (keeper.shuttingDown) return;
    const attempt = attemptOf(lease);
    const code = failureCode(error);
    try {
      // The row decides: the store may have refused an ended build before a heartbeat could tell of it.
      if (!keeper.lost && (await this.ledger.giveUp(lease, code))) {
        this.logger.warn({ ...attempt, code, err: error }, 'build attempt failed');
      } else this.logger.log(attempt, 'build stopped: no longer ours');
    } catch (cause) {
      // The lease runs out, and the sweeper ends the attempt instead.
      this.logger.warn({ ...attempt, code, err: error }, 'build attempt failed');
      this.logger.error({ ...attempt, err: cause }, 'the end of an attempt could not be noted');
    }
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn({ err: error }, 'queue worker trouble; the sweeper keeps builds moving');
  }

  /** Attempts under way go back to the queue at once, so that a deploy costs nobody an attempt or a lease. */
  async onApplicationShutdown(): Promise<void> {
    this.ending = true;
    await Promise.all([...this.leases].map((keeper) => keeper.release()));
  }
}

const attemptOf = ({ build }: BuildLease): { buildId: string; attempt: number } => ({
  buildId: build.id,
  attempt: build.attempt,
});

function failureCode(error: unknown): BuildFailureCode {
  if (error instanceof RenderFailed) return error.code;
  if (error instanceof AppError) {
    if (error.code === 'storage' || error.code === 'storage_timeout') return 'storage_unavailable';
  }
  return isDatabaseTrouble(error) ? 'database_unavailable' : 'unexpected';
}
