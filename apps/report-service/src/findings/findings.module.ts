import { ExportSlots } from './export-slots.ts';
import { Module } from '@nestjs/common';
import { DeleteAssessmentController } from './delete-assessment/delete-assessment.controller.ts';
import { DeleteAssessmentHandler } from './delete-assessment/delete-assessment.handler.ts';
import { ExportFindingsController } from './export-findings/export-findings.controller.ts';
import { ExportFindingsHandler } from './export-findings/export-findings.handler.ts';
import { ExportProjectController } from './export-project/export-project.controller.ts';
import { ExportProjectHandler } from './export-project/export-project.handler.ts';
import { AssessmentRows } from './assessment-rows.ts';
import {
  ListAssessmentsController,
  ListProjectAssessmentsController,
} from './list-assessments/list-assessments.controller.ts';
import { ListAssessmentsHandler } from './list-assessments/list-assessments.handler.ts';
import { ListFindingsController } from './list-findings/list-findings.controller.ts';
import { ListFindingsHandler } from './list-findings/list-findings.handler.ts';
import { ProjectSummaryController } from './project-summary/project-summary.controller.ts';
import { ProjectSummaryHandler } from './project-summary/project-summary.handler.ts';
import { CountByConstraintHandler } from './explain-filter/count-by-constraint.handler.ts';
import { FindNearestValueHandler } from './explain-filter/find-nearest-value.handler.ts';
import { CountRowsHandler } from './rows/count-rows.handler.ts';
import { DescribeDataHandler } from './rows/describe-data.handler.ts';
import { HasRowsHandler } from './rows/has-rows.handler.ts';
import { StreamRowsHandler } from './rows/stream-rows.handler.ts';
import { TakeWatermarkHandler } from './rows/take-watermark.handler.ts';
import { CreateAssessmentController } from './create-assessment/create-assessment.controller.ts';
import { CreateAssessmentHandler } from './create-assessment/create-assessment.handler.ts';
import { GetAnalyticsController } from './get-analytics/get-analytics.controller.ts';
import { GetAnalyticsHandler } from './get-analytics/get-analytics.handler.ts';
import { GetAssessmentController } from './get-assessment/get-assessment.controller.ts';
import { GetAssessmentHandler } from './get-assessment/get-assessment.handler.ts';
import { GetFindingController, GetProjectFindingController } from './get-finding/get-finding.controller.ts';
import { GetFindingHandler } from './get-finding/get-finding.handler.ts';
import { ListTrialsHandler } from './get-finding/list-trials.handler.ts';
import { TriageFindingHandler } from './triage-findings/triage-finding.handler.ts';
import { TriageFindingController, TriageFindingsController } from './triage-findings/triage-findings.controller.ts';
import { TriageFindingsHandler } from './triage-findings/triage-findings.handler.ts';
import { UpdateAssessmentController } from './update-assessment/update-assessment.controller.ts';
import { UpdateAssessmentHandler } from './update-assessment/update-assessment.handler.ts';

/** Assessments, attack runs and trials: filter, metrics, lists, triage, and the rows that reports read. */
@Module({
  controllers: [
    ListFindingsController,
    // Before the finding by its id, of which `export` would be taken for one.
    ExportFindingsController,
    GetProjectFindingController,
    GetFindingController,
    TriageFindingController,
    TriageFindingsController,
    ListAssessmentsController,
    ListProjectAssessmentsController,
    CreateAssessmentController,
    GetAssessmentController,
    UpdateAssessmentController,
    GetAnalyticsController,
    ProjectSummaryController,
    ExportProjectController,
    DeleteAssessmentController,
  ],
  providers: [
    TakeWatermarkHandler,
    DescribeDataHandler,
    CountRowsHandler,
    CountByConstraintHandler,
    FindNearestValueHandler,
    HasRowsHandler,
    StreamRowsHandler,
    ListFindingsHandler,
    AssessmentRows,
    ExportSlots,
    GetFindingHandler,
    ListTrialsHandler,
    TriageFindingHandler,
    TriageFindingsHandler,
    ListAssessmentsHandler,
    CreateAssessmentHandler,
    GetAssessmentHandler,
    UpdateAssessmentHandler,
    GetAnalyticsHandler,
    ProjectSummaryHandler,
    ExportProjectHandler,
    ExportFindingsHandler,
    DeleteAssessmentHandler,
  ],
})
export class FindingsModule {}
