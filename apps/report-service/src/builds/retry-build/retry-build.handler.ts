import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type AcceptedBuild, AppError, RetryBuild } from '#contracts';
import { Database } from '#platform';
import { BuildAcceptance } from '../build-acceptance.ts';
import { idempotent } from '../idempotency-keys.ts';
import { ReportBuild } from '../report-build.ts';

@CommandHandler(RetryBuild)
export class RetryBuildHandler implements ICommandHandler<RetryBuild> {
  constructor(
    private readonly database: Database,
    private readonly acceptance: BuildAcceptance,
  ) {}

  async execute({ project, buildId, createdBy, idempotencyKey }: RetryBuild): Promise<AcceptedBuild> {
    const key = idempotent(idempotencyKey, 'retry_build_job', { job_id: buildId });
    const earlier = await this.acceptance.earlier(project, key);
    if (earlier) return earlier;

    const first = await this.database.read(project.organizationId, (tx) =>
      tx.findOneBy(ReportBuild, { id: buildId, projectId: project.projectId }),
    );
    if (!first) throw new AppError('not_found');
    if (!first.ended) {
      throw new AppError('conflict', {
        detail: `The build is ${first.status}; only one that has ended can be retried.`,
      });
    }
    const build = first.again({ project, createdBy });
    return this.acceptance.accept(project, build, key);
  }
}
