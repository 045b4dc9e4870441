import { Module } from '@nestjs/common';
import { DeleteAssessmentController } from './delete-assessment/delete-assessment.controller.ts';
import { DeleteAssessmentHandler } from './delete-assessment/delete-assessment.handler.ts';
import { DeleteImportController } from './delete-import/delete-import.controller.ts';
import { DeleteImportHandler } from './delete-import/delete-import.handler.ts';
import { ExportFindingsController } from './export-findings/export-findings.controller.ts';
import { ExportFindingsHandler } from './export-findings/export-findings.handler.ts';
import { ExportProjectController } from './export-project/export-project.controller.ts';
import { ExportProjectHandler } from './export-project/export-project.handler.ts';
import { ImportJournal } from './import-run/import-journal.ts';
import { ImportRunController } from './import-run/import-run.controller.ts';
import { ImportRunHandler } from './import-run/import-run.handler.ts';
import { SweepImports } from './import-run/sweep-imports.ts';
import { AssessmentRows } from './list-assessments/assessment-rows.ts';
import { ListAssessmentsController } from './list-assessments/list-assessments.controller.ts';
import { ListAssessmentsHandler } from './list-assessments/list-assessments.handler.ts';
import { ListFindingsController } from './list-findings/list-findings.controller.ts';
import { ListFindingsHandler } from './list-findings/list-findings.handler.ts';
import { ProjectSummaryController } from './project-summary/project-summary.controller.ts';
import { ProjectSummaryHandler } from './project-summary/project-summary.handler.ts';
import { GetImportHandler } from './read-imports/get-import.handler.ts';
import { ListImportsHandler } from './read-imports/list-imports.handler.ts';
import { ReadImportsController } from './read-imports/read-imports.controller.ts';
import { CountRowsHandler } from './resolve-rows/count-rows.handler.ts';
import { DescribeDataHandler } from './resolve-rows/describe-data.handler.ts';
import { HasRowsHandler } from './resolve-rows/has-rows.handler.ts';
import { StreamRowsHandler } from './resolve-rows/stream-rows.handler.ts';
import { TakeWatermarkHandler } from './resolve-rows/take-watermark.handler.ts';

/** Assessments, attack runs and trials: import, filter, metrics, lists, and the rows that reports read. */
@Module({
  controllers: [
    ImportRunController,
    ReadImportsController,
    ListFindingsController,
    ListAssessmentsController,
    ProjectSummaryController,
    ExportProjectController,
    ExportFindingsController,
    DeleteImportController,
    DeleteAssessmentController,
  ],
  providers: [
    ImportJournal,
    ImportRunHandler,
    SweepImports,
    GetImportHandler,
    ListImportsHandler,
    TakeWatermarkHandler,
    DescribeDataHandler,
    CountRowsHandler,
    HasRowsHandler,
    StreamRowsHandler,
    ListFindingsHandler,
    AssessmentRows,
    ListAssessmentsHandler,
    ProjectSummaryHandler,
    ExportProjectHandler,
    ExportFindingsHandler,
    DeleteImportHandler,
    DeleteAssessmentHandler,
  ],
})
export class FindingsModule {}
