import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError, GetProject, type ProjectView } from '#contracts';
import { Database } from '#platform';
import { Project } from './project.entity.ts';
import { projectView } from './project-view.ts';

@QueryHandler(GetProject)
export class GetProjectHandler implements IQueryHandler<GetProject> {
  constructor(private readonly database: Database) {}

  async execute({ project: { organizationId, workspaceId, projectId } }: GetProject): Promise<ProjectView> {
    const project = await this.database.read(organizationId, (tx) =>
      tx.findOneBy(Project, { id: projectId, organizationId, workspaceId }),
    );
    if (!project) throw new AppError('not_found');
    return projectView(project);
  }
}
