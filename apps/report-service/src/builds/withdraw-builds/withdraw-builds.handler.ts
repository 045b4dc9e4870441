import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ArtifactsDiscarded, ReportBuildQueued, ReportFailed, type Transaction, WithdrawBuilds } from '#contracts';
import type { BuildStatus } from '#domain';
import { CONFIG, type Config, Outbox } from '#platform';
import { buildFailures } from '../build-failure.ts';

type WithdrawnProject = WithdrawBuilds['project'];

interface AffectedBuild {
  readonly id: string;
  readonly status: BuildStatus;
  readonly attempt: number;
}

@CommandHandler(WithdrawBuilds)
export class WithdrawBuildsHandler implements ICommandHandler<WithdrawBuilds> {
  constructor(
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute({ project, importIds, tx }: WithdrawBuilds): Promise<void> {
    // Locked before their state is looked at: a worker that is just completing ends first, and is then seen as completed.
    const builds = await tx.query<AffectedBuild[]>(
      `select id, status, attempt from builds.report_build
       where project_id = $1 and ($2::uuid[] is null or watermark && $2::uuid[]) order by id for update`,
      [project.projectId, importIds],
    );
    for (const build of builds) {
      if (importIds === null) await this.discard(tx, project, build, 'deleted');
      else if (build.status === 'completed') await this.expire(tx, project, build);
      else if (build.status === 'in_progress') await this.startAgain(tx, project, build);
    }
    if (importIds === null)
      await tx.query('delete from builds.report_build where project_id = $1', [project.projectId]);
  }

  private async expire(tx: Transaction, project: WithdrawnProject, build: AffectedBuild): Promise<void> {
    await tx.query(`update builds.report_build set status = 'expired' where id = $1`, [build.id]);
    await this.discard(tx, project, build, 'expired');
  }

  /** Its snapshot still holds what is being deleted. The lease goes, so that its result counts for nothing. */
  private async startAgain(tx: Transaction, project: WithdrawnProject, build: AffectedBuild): Promise<void> {
    const again = build.attempt < this.config.builds.maxAttempts;
    await tx.query(
      `update builds.report_build set status = $2, lease_token = null, lease_until = null, next_attempt_at = now(),
         progress_stage = null, progress_percent = 0, completed_at = case when $2 = 'failed' then now() end,
         error_code = $3, error_message = $4 where id = $1`,
      again
        ? [build.id, 'queued', null, null]
        : [build.id, 'failed', 'data_deleted', buildFailures.data_deleted.message],
    );
    if (again) {
      const { organizationId } = project;
      const reason = `data-deleted-${build.attempt}`;
      await this.outbox.add(tx, new ReportBuildQueued(organizationId, build.id, { attempt: build.attempt }, reason));
      return;
    }
    const payload = { build_id: build.id, project_id: project.projectId, error_code: 'data_deleted' };
    await this.outbox.add(tx, new ReportFailed(project.organizationId, build.id, payload));
    await this.discard(tx, project, build, 'failed');
  }

  private async discard(
    tx: Transaction,
    { organizationId }: WithdrawnProject,
    { id }: AffectedBuild,
    why: ArtifactsDiscarded['discriminator'],
  ): Promise<void> {
    await this.outbox.add(tx, new ArtifactsDiscarded(organizationId, id, { keep: null }, why));
  }
}
