import { CommandBus, type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { AppError, type BuildView, GetBuild, LookForArtifact, SignArtifactUrl } from '#contracts';
import { Database } from '#platform';
import { queuePlaces } from '../queue-places.ts';
import { ReportBuild } from '../report-build.ts';

@QueryHandler(GetBuild)
export class GetBuildHandler implements IQueryHandler<GetBuild> {
  constructor(
    private readonly database: Database,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  async execute({ project, buildId }: GetBuild): Promise<BuildView> {
    const { build, place } = await this.database.read(project.organizationId, async (tx) => {
      const found = await tx.findOneBy(ReportBuild, { id: buildId, projectId: project.projectId });
      if (!found) throw new AppError('not_found');
      return { build: found, place: (await queuePlaces(tx, [found])).get(buildId) ?? null };
    });
    if (build.status !== 'completed' || build.objectKey === null) return build.view(null, place);
    // ADR 0025: answered from Postgres alone; an object that somebody removed is found out aside.
    await this.commands.execute(new LookForArtifact(build.id, build.objectKey));
    return build.view(await this.queries.execute(new SignArtifactUrl(build.objectKey, build.downloadName)));
  }
}
