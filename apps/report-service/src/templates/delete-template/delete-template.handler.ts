import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeleteTemplate } from '#contracts';
import { TemplateStore } from '../template-store.ts';

@CommandHandler(DeleteTemplate)
export class DeleteTemplateHandler implements ICommandHandler<DeleteTemplate> {
  constructor(private readonly templates: TemplateStore) {}

  /** Its images stay: a build accepted before may still want them. They go with the project. */
  async execute({ project, templateId }: DeleteTemplate): Promise<void> {
    await this.templates.remove(project, templateId);
  }
}
