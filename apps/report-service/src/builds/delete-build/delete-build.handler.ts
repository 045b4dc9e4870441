import { Logger } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, ArtifactsDiscarded, DeleteArtifacts, DeleteBuild, ReportCancelled, ReportDeleted } from '#contracts';
import type { BuildStatus } from '#domain';
import { AuditTrail, Database, Outbox } from '#platform';

/** How long the answer waits for the store; the order in the outbox does not depend on it. */
const patienceMs = 2_000;

@CommandHandler(DeleteBuild)
export class DeleteBuildHandler implements ICommandHandler<DeleteBuild> {
  private readonly logger = new Logger('DeleteBuild');

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly commands: CommandBus,
  ) {}

  async execute({ project, buildId }: DeleteBuild): Promise<void> {
    const { organizationId, projectId } = project;
    await this.database.transaction(organizationId, async (tx) => {
      const [[build]] = await tx.query<[{ status: BuildStatus }[], number]>(
        'delete from builds.report_build where id = $1 and project_id = $2 returning status',
        [buildId, projectId],
      );
      if (!build) throw new AppError('not_found');
      await this.audit.record(tx, 'build.deleted', project, buildId);
      const payload = { build_id: buildId, project_id: projectId };
      // Every accepted build says how it ended; one that still ran is ended here.
      if (build.status === 'queued' || build.status === 'in_progress')
        await this.outbox.add(tx, new ReportCancelled(organizationId, buildId, payload));
      await this.outbox.add(tx, new ReportDeleted(organizationId, buildId, payload));
      await this.outbox.add(tx, new ArtifactsDiscarded(organizationId, buildId, { keep: null }, 'deleted'));
    });
    await this.removeNow(buildId);
  }

  /** So that a link that is out is dead when the caller hears of it. A store that is away only makes it die later. */
  private async removeNow(buildId: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
    const removed = this.commands.execute(new DeleteArtifacts(buildId, null)).catch((error: unknown) => {
      this.logger.warn({ buildId, err: error }, 'the artifact is still in the store; it goes when the store answers');
    });
    await Promise.race([removed, enough]);
    clearTimeout(timer);
  }
}
