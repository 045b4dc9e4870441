import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StoreImage, type TemplateView, UploadTemplateLogo } from '#contracts';
import { withLogo } from '#domain';
import { TemplateStore } from '../template-store.ts';

@CommandHandler(UploadTemplateLogo)
export class UploadTemplateLogoHandler implements ICommandHandler<UploadTemplateLogo> {
  constructor(
    private readonly commands: CommandBus,
    private readonly templates: TemplateStore,
  ) {}

  async execute({ project, templateId, png, uploadedBy }: UploadTemplateLogo): Promise<TemplateView> {
    await this.templates.find(project, templateId);
    const logo = await this.commands.execute(new StoreImage(project, templateId, png));
    const changed = await this.templates.revise(project, templateId, {
      changes: ({ config }) => ({ config: withLogo(config, logo) }),
      changedBy: uploadedBy,
      action: 'template.logo_uploaded',
    });
    return changed.view();
  }
}
