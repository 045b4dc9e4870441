import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeleteTemplate } from '#contracts';
import { TemplateShelf } from '../template-shelf.ts';

@CommandHandler(DeleteTemplate)
export class DeleteTemplateHandler implements ICommandHandler<DeleteTemplate> {
  constructor(private readonly shelf: TemplateShelf) {}

  /** Its images stay: a build accepted before may still want them. They go with the project. */
  async execute({ project, templateId }: DeleteTemplate): Promise<void> {
    await this.shelf.remove(project, templateId);
  }
}
