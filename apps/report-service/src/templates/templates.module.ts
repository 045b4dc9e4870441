import { Module } from '@nestjs/common';
import { PlanReportHandler } from './plan-report/plan-report.handler.ts';

/** Report templates: from a request to the plan of a report. */
@Module({ providers: [PlanReportHandler] })
export class TemplatesModule {}
