import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { AppError, PlanReport, type ProjectRef, type ReportPlan } from '#contracts';
import {
  outlineOfSections,
  placedImages,
  planTemplate,
  presetSaysAll,
  type ReportPreset,
  type TemplateConfig,
  unsupportedComponents,
} from '#domain';
import { imagesOf, refuseUnknownImages } from '../known-images.ts';
import { TemplateStore } from '../template-store.ts';

@QueryHandler(PlanReport)
export class PlanReportHandler implements IQueryHandler<PlanReport> {
  constructor(
    private readonly queries: QueryBus,
    private readonly templates: TemplateStore,
  ) {}

  async execute({ project, request }: PlanReport): Promise<ReportPlan> {
    if ('preset' in request) {
      await refuseUnknownImages(this.queries, project, imagesOf(request));
      return { ...planPreset(request.preset), template_id: null, ...commonTo(project) };
    }
    const { id, version, config } = await this.templates.find(project, request.templateId);
    refuseUnsupported(config);
    const images = placedImages(config).map(({ fp }) => ({ fp, loc: ['body', 'template_id'] }));
    await refuseUnknownImages(this.queries, project, images);
    return { ...planConfig(config), template_id: id, template_version: version, ...commonTo(project) };
  }
}

type Planned = Omit<ReportPlan, 'schema_version' | 'template_id' | 'project_name'>;

const commonTo = ({ name }: ProjectRef): Pick<ReportPlan, 'schema_version' | 'project_name'> => ({
  schema_version: 1,
  project_name: name,
});

const planPreset = (preset: ReportPreset): Planned => ({ ...preset, outline: outlineOfSections(preset.sections) });

/** A template that says no more than a preset gives the very plan, and so the very bytes, of that preset. */
function planConfig(config: TemplateConfig): Planned {
  const whole = presetSaysAll(config);
  if (whole) return planPreset(whole);
  const { preset, outline, frontmatter } = planTemplate(config);
  return { ...preset, outline, frontmatter };
}

function refuseUnsupported(config: TemplateConfig): void {
  const unsupported = unsupportedComponents(config);
  const [first] = unsupported;
  if (!first) return;
  throw new AppError('unsupported_component', {
    detail: `The component "${first.id}" of the template cannot be built: it ${first.reason}.`,
    errors: unsupported.slice(0, 50).map(({ id, loc, reason }) => ({
      loc: ['template', ...loc],
      msg: `the component "${id}" ${reason}`,
      type: 'unsupported_component',
    })),
  });
}
