import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StoreImage, type TemplateView, UploadTemplateLogo } from '#contracts';
import { withLogo } from '#domain';
import { TemplateShelf } from '../template-shelf.ts';

@CommandHandler(UploadTemplateLogo)
export class UploadTemplateLogoHandler implements ICommandHandler<UploadTemplateLogo> {
  constructor(
    private readonly commands: CommandBus,
    private readonly shelf: TemplateShelf,
  ) {}

  async execute({ project, templateId, png, uploadedBy }: UploadTemplateLogo): Promise<TemplateView> {
    await this.shelf.find(project, templateId);
    const logo = await this.commands.execute(new StoreImage(project, templateId, png));
    const changed = await this.shelf.revise(project, templateId, {
      changes: ({ config }) => ({ config: withLogo(config, logo) }),
      changedBy: uploadedBy,
      deed: 'template.logo_uploaded',
    });
    return changed.view();
  }
}
