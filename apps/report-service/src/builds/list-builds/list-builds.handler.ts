import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type BuildList, type BuildListRequest, ListBuilds } from '#contracts';
import { Database } from '#platform';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { queuePlaces } from '../queue-places.ts';
import { ReportBuild } from '../report-build.ts';

@QueryHandler(ListBuilds)
export class ListBuildsHandler implements IQueryHandler<ListBuilds> {
  constructor(private readonly database: Database) {}

  async execute({ project, request }: ListBuilds): Promise<BuildList> {
    const { builds, total, places } = await this.database.read(project.organizationId, async (tx) => {
      const found = await page(matching(tx, project.projectId, request), request).getMany();
      return {
        builds: found,
        total: await matching(tx, project.projectId, request).getCount(),
        places: await queuePlaces(tx, found),
      };
    });
    const shown = builds.slice(0, request.limit);
    const last = builds.length > request.limit ? shown.at(-1) : undefined;
    return {
      // No links: each is a grant, made and noted for the one who asks for that build.
      entries: shown.map((build) => build.view(null, places.get(build.id) ?? null)),
      total,
      next: last ? { createdAt: last.createdAt.toISOString(), id: last.id } : null,
    };
  }
}

function matching(
  tx: EntityManager,
  projectId: string,
  { statuses }: BuildListRequest,
): SelectQueryBuilder<ReportBuild> {
  const builds = tx.createQueryBuilder(ReportBuild, 'build').where('build.projectId = :projectId', { projectId });
  return statuses.length > 0 ? builds.andWhere('build.status in (:...statuses)', { statuses }) : builds;
}

/** One row more than asked for tells whether there is a next page. */
function page(
  builds: SelectQueryBuilder<ReportBuild>,
  { after, page: number, limit }: BuildListRequest,
): SelectQueryBuilder<ReportBuild> {
  const newestFirst = builds
    .orderBy('build.createdAt', 'DESC')
    .addOrderBy('build.id', 'DESC')
    .limit(limit + 1);
  if (!after) return newestFirst.offset((number - 1) * limit);
  return newestFirst.andWhere(
    '(build.createdAt, build.id) < (cast(:createdAt as timestamptz), cast(:id as uuid))',
    after,
  );
}
