import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError, PlanReport, type ReportPlan } from '#contracts';

@QueryHandler(PlanReport)
export class PlanReportHandler implements IQueryHandler<PlanReport> {
  execute({ project, request }: PlanReport): Promise<ReportPlan> {
    // No template can be stored yet, so none can be found.
    if ('templateId' in request) return Promise.reject(new AppError('not_found', { detail: 'Template not found.' }));
    return Promise.resolve({ ...request.preset, schema_version: 1, template_id: null, project_name: project.name });
  }
}
