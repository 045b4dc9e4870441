import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { AppError, CreateTemplate, type TemplateView } from '#contracts';
import { Clock, CONFIG, type Config } from '#platform';
import { imagesOf, refuseUnknownImages } from '../known-images.ts';
import { configOf, ReportTemplate } from '../report-template.ts';
import { TemplateStore } from '../template-store.ts';

@CommandHandler(CreateTemplate)
export class CreateTemplateHandler implements ICommandHandler<CreateTemplate> {
  constructor(
    private readonly queries: QueryBus,
    private readonly templates: TemplateStore,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute({ project, template, createdBy }: CreateTemplate): Promise<TemplateView> {
    const { name, description, content } = template;
    await refuseUnknownImages(this.queries, project, imagesOf(content));
    const text = { name, description, config: configOf(content) };
    const created = ReportTemplate.create(project, text, createdBy, this.clock.now());
    const cap = this.config.templates.perProject;
    const added = await this.templates.add(project, created, cap);
    if (added) return added.view();
    throw new AppError('template_limit_exceeded', {
      detail: `The project has ${cap} templates, and may have no more.`,
    });
  }
}
