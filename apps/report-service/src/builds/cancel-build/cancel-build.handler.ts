import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, ArtifactsDiscarded, type BuildView, CancelBuild, ReportCancelled } from '#contracts';
import { AuditTrail, Database, Outbox } from '#platform';
import { ReportBuild } from '../report-build.ts';

@CommandHandler(CancelBuild)
export class CancelBuildHandler implements ICommandHandler<CancelBuild> {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ project, buildId }: CancelBuild): Promise<BuildView> {
    return this.database.transaction(project.organizationId, async (tx) => {
      // The lease goes with the status: the worker's next heartbeat tells it to stop, and its result counts for nothing.
      const [rows] = await tx.query<[unknown[], number]>(
        `update builds.report_build set status = 'cancelled', completed_at = now(), lease_token = null, lease_until = null
         where id = $1 and project_id = $2 and status in ('queued', 'in_progress') returning id`,
        [buildId, project.projectId],
      );
      const build = await tx.findOneBy(ReportBuild, { id: buildId, projectId: project.projectId });
      if (!build) throw new AppError('not_found');
      if (build.status !== 'cancelled') {
        throw new AppError('conflict', { detail: `The build is ${build.status}; it cannot be cancelled any more.` });
      }
      if (rows.length > 0) {
        const payload = { build_id: buildId, project_id: project.projectId };
        await this.audit.record(tx, 'build.cancelled', project, buildId);
        await this.outbox.add(tx, new ReportCancelled(project.organizationId, buildId, payload));
        await this.outbox.add(tx, new ArtifactsDiscarded(project.organizationId, buildId, { keep: null }, 'cancelled'));
      }
      return build.view();
    });
  }
}
