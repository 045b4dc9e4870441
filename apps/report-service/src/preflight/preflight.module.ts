import { Module } from '@nestjs/common';
import { ExplainPreflightController } from './explain-preflight/explain-preflight.controller.ts';
import { ExplainPreflightHandler } from './explain-preflight/explain-preflight.handler.ts';
import { FindEmptySectionsHandler } from './find-empty-sections/find-empty-sections.handler.ts';
import { PreflightReportController } from './preflight-report/preflight-report.controller.ts';

/** Which sections of a report would come out empty, and why. */
@Module({
  controllers: [PreflightReportController, ExplainPreflightController],
  providers: [FindEmptySectionsHandler, ExplainPreflightHandler],
})
export class PreflightModule {}
