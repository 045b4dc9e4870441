import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ExportProject } from '#contracts';
import { Database } from '#platform';
import { exportLines } from './export-lines.ts';

@QueryHandler(ExportProject)
export class ExportProjectHandler implements IQueryHandler<ExportProject> {
  constructor(private readonly database: Database) {}

  async execute({ project, sink }: ExportProject): Promise<void> {
    await this.database.snapshot(project.organizationId, (snapshot) => sink(exportLines(snapshot, project.projectId)));
  }
}
