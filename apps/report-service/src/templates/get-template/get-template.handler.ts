import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetTemplate, type TemplateView } from '#contracts';
import { TemplateShelf } from '../template-shelf.ts';

@QueryHandler(GetTemplate)
export class GetTemplateHandler implements IQueryHandler<GetTemplate> {
  constructor(private readonly shelf: TemplateShelf) {}

  async execute({ project, templateId }: GetTemplate): Promise<TemplateView> {
    return (await this.shelf.find(project, templateId)).view();
  }
}
