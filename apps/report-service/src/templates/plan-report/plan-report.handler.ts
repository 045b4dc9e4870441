import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError, PlanReport, type ReportPlan } from '#contracts';
import { outlineOfPreset } from '#domain';

@QueryHandler(PlanReport)
export class PlanReportHandler implements IQueryHandler<PlanReport> {
  async execute({ project, request }: PlanReport): Promise<ReportPlan> {
    // No template and no logo can be stored yet, so none can be found.
    if ('templateId' in request) throw new AppError('not_found', { detail: 'Template not found.' });
    if (request.preset.branding.logo_oid !== null) {
      const loc = ['body', 'preset', 'branding', 'logo_oid'];
      throw new AppError('invalid', { errors: [{ loc, msg: 'no such logo was uploaded', type: 'not_found' }] });
    }
    return Promise.resolve({
      ...request.preset,
      outline: outlineOfPreset(request.preset),
      schema_version: 1,
      template_id: null,
      project_name: project.name,
    });
  }
}
