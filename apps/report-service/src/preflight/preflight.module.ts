import { Module } from '@nestjs/common';
import { ExplainPreflightController } from './explain-preflight/explain-preflight.controller.ts';
import { ExplainPreflightHandler } from './explain-preflight/explain-preflight.handler.ts';
import { FindEmptySectionsHandler } from './find-empty-sections/find-empty-sections.handler.ts';
import { PreflightReportController } from './preflight-report/preflight-report.controller.ts';
import { PreflightReportHandler } from './preflight-report/preflight-report.handler.ts';

/** Which sections of a report would come out empty, and why. */
@Module({
  controllers: [PreflightReportController, ExplainPreflightController],
  providers: [FindEmptySectionsHandler, PreflightReportHandler, ExplainPreflightHandler],
})
export class PreflightModule {}
