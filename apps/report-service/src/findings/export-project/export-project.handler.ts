import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ExportProject, type Snapshot } from '#contracts';
import { Database } from '#platform';
import { ExportSlots } from '../export-slots.ts';
import { exportLines } from './export-lines.ts';

@QueryHandler(ExportProject)
export class ExportProjectHandler implements IQueryHandler<ExportProject> {
  constructor(
    private readonly database: Database,
    private readonly slots: ExportSlots,
  ) {}

  async execute({ project, sink }: ExportProject): Promise<void> {
    const { organizationId, projectId } = project;
    const write = (snapshot: Snapshot): Promise<void> => sink(exportLines(snapshot, projectId));
    await this.slots.during(organizationId, () => this.database.snapshot(organizationId, write, { pool: 'exports' }));
  }
}
