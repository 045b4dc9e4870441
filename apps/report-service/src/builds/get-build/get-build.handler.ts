import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { AppError, type BuildView, GetBuild, SignArtifactUrl } from '#contracts';
import { Database } from '#platform';
import { ReportBuild } from '../report-build.ts';

@QueryHandler(GetBuild)
export class GetBuildHandler implements IQueryHandler<GetBuild> {
  constructor(
    private readonly database: Database,
    private readonly queries: QueryBus,
  ) {}

  async execute({ project, buildId }: GetBuild): Promise<BuildView> {
    const build = await this.database.read(project.organizationId, (tx) =>
      tx.findOneBy(ReportBuild, { id: buildId, projectId: project.projectId }),
    );
    if (!build) throw new AppError('not_found');
    if (build.status !== 'completed' || build.objectKey === null) return build.view();
    const downloadName = `airt-report-${build.id.slice(0, 8)}.${build.format}`;
    return build.view(await this.queries.execute(new SignArtifactUrl(build.objectKey, downloadName)));
  }
}
