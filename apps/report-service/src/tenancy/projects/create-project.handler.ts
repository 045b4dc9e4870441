import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, CreateProject, type ProjectView } from '#contracts';
import { AuditTrail, Clock, Database } from '#platform';
import { Project } from './project.entity.ts';
import { projectView } from './project-view.ts';

@CommandHandler(CreateProject)
export class CreateProjectHandler implements ICommandHandler<CreateProject> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute({ workspace, project }: CreateProject): Promise<ProjectView> {
    const created: Project = {
      id: randomUUID(),
      ...workspace,
      slug: project.slug,
      name: project.name,
      description: project.description ?? null,
      createdAt: this.clock.now(),
    };
    await this.database.transaction(workspace.organizationId, async (tx) => {
      const inserted = await tx
        .createQueryBuilder()
        .insert()
        .into(Project)
        .values(created)
        .orIgnore()
        .returning('id')
        .execute();
      if ((inserted.raw as unknown[]).length === 0) {
        throw new AppError('already_exists', { detail: 'A project with this slug already exists in the workspace.' });
      }
      await this.audit.record(tx, 'project.created', { ...workspace, projectId: created.id }, created.id);
    });
    return projectView(created);
  }
}
