import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, type ProjectView, UpdateProject } from '#contracts';
import { AuditTrail, Database } from '#platform';
import { Project } from './project.entity.ts';
import { projectView } from './project-view.ts';

@CommandHandler(UpdateProject)
export class UpdateProjectHandler implements ICommandHandler<UpdateProject> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async execute({ project, change }: UpdateProject): Promise<ProjectView> {
    const { organizationId, workspaceId, projectId } = project;
    return this.database.transaction(organizationId, async (tx) => {
      const found = await tx.findOneBy(Project, { id: projectId, organizationId, workspaceId });
      if (!found) throw new AppError('not_found');
      if (change.name !== undefined) found.name = change.name;
      if (change.description !== undefined) found.description = change.description;
      await tx.save(Project, found);
      await this.audit.record(tx, 'project.updated', project, projectId);
      return projectView(found);
    });
  }
}
