import { Module } from '@nestjs/common';
import { FindEmptySectionsHandler } from './find-empty-sections/find-empty-sections.handler.ts';
import { PreflightReportController } from './preflight-report/preflight-report.controller.ts';

/** Which sections of a report would come out empty. */
@Module({ controllers: [PreflightReportController], providers: [FindEmptySectionsHandler] })
export class PreflightModule {}
