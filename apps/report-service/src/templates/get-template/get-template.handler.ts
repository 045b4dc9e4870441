import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetTemplate, type TemplateView } from '#contracts';
import { TemplateStore } from '../template-store.ts';

@QueryHandler(GetTemplate)
export class GetTemplateHandler implements IQueryHandler<GetTemplate> {
  constructor(private readonly templates: TemplateStore) {}

  async execute({ project, templateId }: GetTemplate): Promise<TemplateView> {
    return (await this.templates.find(project, templateId)).view();
  }
}
