import { ListAuditEntries } from './audit.ts';
import {
  ArtifactsDiscarded,
  BuildReport,
  CancelBuild,
  DeleteBuild,
  EnqueueBuild,
  GetBuild,
  ListBuilds,
  NoteMissingArtifact,
  ReportBuildQueued,
  ReportCancelled,
  ReportCompleted,
  ReportDeleted,
  ReportFailed,
  RetryBuild,
} from './builds.ts';
import {
  CountRows,
  CreateAssessment,
  DescribeData,
  ExportProject,
  GetAnalytics,
  GetAssessment,
  GetFinding,
  GetImport,
  GetProjectSummary,
  HasRows,
  ImportRun,
  ListAssessments,
  ListFindings,
  ListImports,
  ListTrials,
  StreamRows,
  TakeWatermark,
  TriageFinding,
  TriageFindings,
  UpdateAssessment,
} from './findings.ts';
import { FindEmptySections } from './preflight.ts';
import { CreateProject, FindProject, ListProjects, ResolveAccess } from './projects.ts';
import { DeleteArtifacts, DiscardArtifacts, LookForArtifact, SignArtifactUrl, StoreArtifact } from './storage.ts';
import { PlanReport } from './templates.ts';

export type MessageClass = abstract new (...parameters: never[]) => object;

/** Which module answers which message. The boot fails unless each has exactly one handler, in that module. */
export const messagesByOwner: Readonly<Record<string, readonly MessageClass[]>> = {
  projects: [CreateProject, FindProject, ListProjects, ResolveAccess],
  findings: [
    ImportRun,
    GetImport,
    ListImports,
    ListFindings,
    GetFinding,
    ListTrials,
    TriageFinding,
    TriageFindings,
    ListAssessments,
    GetAssessment,
    CreateAssessment,
    UpdateAssessment,
    GetAnalytics,
    GetProjectSummary,
    TakeWatermark,
    DescribeData,
    CountRows,
    HasRows,
    StreamRows,
    ExportProject,
  ],
  templates: [PlanReport],
  preflight: [FindEmptySections],
  builds: [BuildReport, GetBuild, ListBuilds, CancelBuild, DeleteBuild, RetryBuild, NoteMissingArtifact, EnqueueBuild],
  storage: [StoreArtifact, DeleteArtifacts, DiscardArtifacts, LookForArtifact, SignArtifactUrl],
  events: [],
  audit: [ListAuditEntries],
};

/** Which module says which event; anybody may listen, through the outbox. */
export const eventsByOwner: Readonly<Record<string, readonly MessageClass[]>> = {
  builds: [ReportBuildQueued, ReportCompleted, ReportFailed, ReportCancelled, ReportDeleted, ArtifactsDiscarded],
};
