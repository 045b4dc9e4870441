import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ListProjects, type Page, type ProjectView } from '#contracts';
import { Database } from '#platform';
import { Project } from './project.entity.ts';
import { projectView } from './project-view.ts';

@QueryHandler(ListProjects)
export class ListProjectsHandler implements IQueryHandler<ListProjects> {
  constructor(private readonly database: Database) {}

  async execute({ workspace, page: { page, limit } }: ListProjects): Promise<Page<ProjectView>> {
    const { organizationId, workspaceId } = workspace;
    const [projects, total] = await this.database.read(organizationId, (tx) =>
      tx.findAndCount(Project, {
        where: { organizationId, workspaceId },
        order: { slug: 'asc' },
        skip: (page - 1) * limit,
        take: limit,
      }),
    );
    return { entries: projects.map(projectView), total };
  }
}
