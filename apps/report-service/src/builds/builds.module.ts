import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config, Readiness } from '#platform';
import { RenderingPool } from '#rendering';
import { BuildAcceptance } from './build-acceptance.ts';
import { BuildLedger } from './build-ledger.ts';
import { BuildReportController } from './build-report/build-report.controller.ts';
import { BuildReportHandler } from './build-report/build-report.handler.ts';
import { CancelBuildController } from './cancel-build/cancel-build.controller.ts';
import { CancelBuildHandler } from './cancel-build/cancel-build.handler.ts';
import { DeleteBuildController } from './delete-build/delete-build.controller.ts';
import { DeleteBuildHandler } from './delete-build/delete-build.handler.ts';
import { EnqueueBuildHandler } from './enqueue-build/enqueue-build.handler.ts';
import { EstimateReportHandler } from './estimate-report/estimate-report.handler.ts';
import { GetBuildController } from './get-build/get-build.controller.ts';
import { GetBuildHandler } from './get-build/get-build.handler.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';
import { ListBuildsController } from './list-builds/list-builds.controller.ts';
import { ListBuildsHandler } from './list-builds/list-builds.handler.ts';
import { NoteMissingArtifactHandler } from './note-missing-artifact/note-missing-artifact.handler.ts';
import { PreviewReportController } from './preview-report/preview-report.controller.ts';
import { PreviewReportHandler } from './preview-report/preview-report.handler.ts';
import { PreviewThread } from './preview-report/preview-thread.ts';
import { BuildProcessor } from './process-build/process-build.processor.ts';
import { buildQueueModules } from './build-queue.ts';
import { RetryBuildController } from './retry-build/retry-build.controller.ts';
import { RetryBuildHandler } from './retry-build/retry-build.handler.ts';
import { WithdrawBuildsHandler } from './withdraw-builds/withdraw-builds.handler.ts';
import { SweepBuilds } from './sweep-builds/sweep-builds.ts';

/** Build jobs: accept, render, poll, recover. A process with role `api` accepts; one with `worker` renders; `all` does both. */
@Module({})
export class BuildsModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly rendering: RenderingPool,
    private readonly readiness: Readiness,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A process whose rendering threads do not start builds nothing, whatever else answers. */
  onModuleInit(): void {
    if (!rendersReports(this.config)) return;
    this.readiness.add('rendering', () =>
      this.rendering.healthy() ? Promise.resolve() : Promise.reject(new Error('rendering threads do not start')),
    );
  }

  static forRoot(config: Config): DynamicModule {
    const works = rendersReports(config);
    return {
      module: BuildsModule,
      imports: buildQueueModules(config),
      controllers: [
        BuildReportController,
        ListBuildsController,
        GetBuildController,
        CancelBuildController,
        RetryBuildController,
        DeleteBuildController,
        PreviewReportController,
      ],
      providers: [
        BuildLedger,
        IdempotencyKeys,
        BuildAcceptance,
        BuildReportHandler,
        GetBuildHandler,
        ListBuildsHandler,
        CancelBuildHandler,
        DeleteBuildHandler,
        RetryBuildHandler,
        NoteMissingArtifactHandler,
        EstimateReportHandler,
        PreviewThread,
        PreviewReportHandler,
        EnqueueBuildHandler,
        WithdrawBuildsHandler,
        SweepBuilds,
        {
          provide: RenderingPool,
          inject: [CONFIG],
          useFactory: ({ builds }: Config) =>
            new RenderingPool({
              size: works ? builds.renderThreads : 0,
              maxOldGenerationSizeMb: builds.renderHeapMb,
              // A large report may take longer, in proportion; a small one that hangs is ended soon.
              timeoutMs: (findings) => builds.renderTimeoutSeconds * 1_000 + findings * 60,
            }),
        },
        ...(works ? [BuildProcessor] : []),
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rendering.close();
  }
}

const rendersReports = ({ role }: Config): boolean => role === 'all' || role === 'worker';
