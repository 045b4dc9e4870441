import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type TemplateView, UpdateTemplate } from '#contracts';
import { imagesOf, refuseUnknownImages } from '../known-images.ts';
import { TemplateStore } from '../template-store.ts';
import { configOf } from '../report-template.ts';

@CommandHandler(UpdateTemplate)
export class UpdateTemplateHandler implements ICommandHandler<UpdateTemplate> {
  constructor(
    private readonly queries: QueryBus,
    private readonly templates: TemplateStore,
  ) {}

  async execute(command: UpdateTemplate): Promise<TemplateView> {
    const { project, templateId, changes, changedBy, expectedVersions } = command;
    const { content, ...plain } = changes;
    await this.templates.find(project, templateId);
    if (content) await refuseUnknownImages(this.queries, project, imagesOf(content));
    const text = { ...plain, ...(content && { config: configOf(content) }) };
    const revised = await this.templates.revise(project, templateId, {
      changes: () => text,
      changedBy,
      action: 'template.updated',
      ...(expectedVersions && { expectedVersions }),
    });
    return revised.view();
  }
}
