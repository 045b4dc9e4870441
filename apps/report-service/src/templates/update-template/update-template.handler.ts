import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type TemplateView, UpdateTemplate } from '#contracts';
import { configOf } from '../config-of.ts';
import { imagesOf, refuseUnknownImages } from '../known-images.ts';
import { TemplateShelf } from '../template-shelf.ts';

@CommandHandler(UpdateTemplate)
export class UpdateTemplateHandler implements ICommandHandler<UpdateTemplate> {
  constructor(
    private readonly queries: QueryBus,
    private readonly shelf: TemplateShelf,
  ) {}

  async execute(command: UpdateTemplate): Promise<TemplateView> {
    const { project, templateId, changes, changedBy, expectedVersions } = command;
    const { content, ...plain } = changes;
    await this.shelf.find(project, templateId);
    if (content) await refuseUnknownImages(this.queries, project, imagesOf(content));
    const text = { ...plain, ...(content && { config: configOf(content) }) };
    const revised = await this.shelf.revise(project, templateId, {
      changes: () => text,
      changedBy,
      deed: 'template.updated',
      ...(expectedVersions && { expectedVersions }),
    });
    return revised.view();
  }
}
