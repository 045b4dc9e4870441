import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, type BuildView, CancelBuild } from '#contracts';
import { AuditTrail, Database } from '#platform';
import { BuildLedger } from '../build-ledger.ts';
import { ReportBuild } from '../report-build.ts';

@CommandHandler(CancelBuild)
export class CancelBuildHandler implements ICommandHandler<CancelBuild> {
  constructor(
    private readonly database: Database,
    private readonly ledger: BuildLedger,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ project, buildId }: CancelBuild): Promise<BuildView> {
    return this.database.transaction(project.organizationId, async (tx) => {
      const cancelled = await this.ledger.cancel(tx, project.projectId, buildId);
      if (cancelled) await this.audit.record(tx, 'build.cancelled', project, buildId);
      const build = await tx.findOneBy(ReportBuild, { id: buildId, projectId: project.projectId });
      if (!build) throw new AppError('not_found');
      if (build.status !== 'cancelled') {
        throw new AppError('conflict', { detail: `The build is ${build.status}; it cannot be cancelled any more.` });
      }
      return build.view();
    });
  }
}
