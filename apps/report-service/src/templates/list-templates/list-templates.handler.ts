import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ListTemplates, type Page, type TemplateView } from '#contracts';
import { Database } from '#platform';
import { ReportTemplate } from '../report-template.ts';

@QueryHandler(ListTemplates)
export class ListTemplatesHandler implements IQueryHandler<ListTemplates> {
  constructor(private readonly database: Database) {}

  async execute({ project, page: { page, limit } }: ListTemplates): Promise<Page<TemplateView>> {
    const [templates, total] = await this.database.read(project.organizationId, (tx) =>
      tx.findAndCount(ReportTemplate, {
        where: { projectId: project.projectId },
        order: { createdAt: 'DESC', id: 'DESC' },
        skip: (page - 1) * limit,
        take: limit,
      }),
    );
    return { entries: templates.map((template) => template.view()), total };
  }
}
