import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ListProjects, type ProjectView } from '#contracts';
import { Database } from '#platform';
import { Project } from '../project.entity.ts';
import { projectView } from '../project-view.ts';

@QueryHandler(ListProjects)
export class ListProjectsHandler implements IQueryHandler<ListProjects> {
  constructor(private readonly database: Database) {}

  async execute({ workspace }: ListProjects): Promise<readonly ProjectView[]> {
    const projects = await this.database.read(workspace.organizationId, (tx) =>
      tx.find(Project, { where: { workspaceId: workspace.workspaceId }, order: { slug: 'asc' } }),
    );
    return projects.map(projectView);
  }
}
