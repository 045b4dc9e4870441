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
  DescribeData,
  ExportProject,
  GetImport,
  GetProjectSummary,
  HasRows,
  ImportRun,
  ListAssessments,
  ListFindings,
  ListImports,
  StreamRows,
  TakeWatermark,
} from './findings.ts';
import { FindEmptySections } from './preflight.ts';
import { CreateProject, GetProject, ListProjects, ResolveAccess, UpdateProject } from './projects.ts';
import { DeleteArtifacts, DiscardArtifacts, LookForArtifact, SignArtifactUrl, StoreArtifact } from './storage.ts';
import { PlanReport } from './templates.ts';
import {
  CreateKey,
  CreateOrganization,
  CreateWorkspace,
  GetKey,
  GetOrganization,
  GetWorkspace,
  ListKeys,
  ListMembers,
  ListPlacesOfCaller,
  ListWorkspaceMembers,
  ListWorkspaces,
  PutMember,
  PutWorkspaceMember,
  RemoveMember,
  RemoveWorkspaceMember,
  RevokeKey,
  UpdateOrganization,
  UpdateWorkspace,
} from './tenancy.ts';

export type MessageClass = abstract new (...parameters: never[]) => object;

/** Which module answers which message. The boot fails unless each has exactly one handler, in that module. */
export const messagesByOwner: Readonly<Record<string, readonly MessageClass[]>> = {
  projects: [
    CreateProject,
    GetProject,
    ListProjects,
    UpdateProject,
    ResolveAccess,
    CreateKey,
    CreateOrganization,
    CreateWorkspace,
    GetKey,
    GetOrganization,
    GetWorkspace,
    ListKeys,
    ListMembers,
    ListPlacesOfCaller,
    ListWorkspaceMembers,
    ListWorkspaces,
    PutMember,
    PutWorkspaceMember,
    RemoveMember,
    RemoveWorkspaceMember,
    RevokeKey,
    UpdateOrganization,
    UpdateWorkspace,
  ],
  findings: [
    ImportRun,
    GetImport,
    ListImports,
    ListFindings,
    ListAssessments,
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
