import { ListAuditEntries } from './audit.ts';
import { ArtifactsDiscarded, BuildReport, CancelBuild, DeleteBuild, EnqueueBuild, EstimateReport, GetBuild, ListBuilds, NoteMissingArtifact, PreviewReport, ReportBuildQueued, ReportCancelled, ReportCompleted, ReportDeleted, ReportFailed, RetryBuild, WithdrawBuilds } from './builds.ts';
import { CountByConstraint, CountRows, CreateAssessment, DataDeleted, DeleteAssessment, DeleteImport, DescribeData, ExportProject, FindNearestValue, GetAnalytics, GetAssessment, GetFinding, GetImport, GetProjectSummary, HasRows, ImportRun, ListAssessments, ListFindings, ListImports, ListTrials, StreamRows, TakeWatermark, TriageFinding, TriageFindings, UpdateAssessment } from './findings.ts';
import { ExplainPreflight, FindEmptySections } from './preflight.ts';
import { CreateProject, DeleteProject, FindProject, GetProject, ListProjects, ResolveAccess, UpdateProject } from './projects.ts';
import { DeleteArtifacts, DeleteImages, DiscardArtifacts, FindImages, LookForArtifact, ReadImage, SignArtifactUrl, StoreArtifact, StoreImage } from './storage.ts';
import { CreateTemplate, DeleteTemplate, GetTemplate, ListTemplates, PlanReport, UpdateTemplate, UploadTemplateLogo } from './templates.ts';
import { CreateKey, CreateOrganization, CreateWorkspace, GetKey, GetOrganization, GetWorkspace, ListKeys, ListMembers, ListPlacesOfCaller, ListWorkspaceMembers, ListWorkspaces, PutMember, PutWorkspaceMember, RemoveMember, RemoveWorkspaceMember, RevokeKey, UpdateOrganization, UpdateWorkspace } from './tenancy.ts';

export type MessageClass = abstract new (...parameters: never[]) => object;

/** Which module answers which message. The boot fails unless each has exactly one handler, in that module. */
export const messagesByOwner: Readonly<Record<string, readonly MessageClass[]>> = {
  projects: [CreateProject, GetProject, ListProjects, UpdateProject, ResolveAccess, CreateKey, CreateOrganization, CreateWorkspace, GetKey, GetOrganization, GetWorkspace, ListKeys, ListMembers, ListPlacesOfCaller, ListWorkspaceMembers, ListWorkspaces, PutMember, PutWorkspaceMember, RemoveMember, RemoveWorkspaceMember, RevokeKey, UpdateOrganization, UpdateWorkspace, FindProject, DeleteProject],
  findings: [ImportRun, GetImport, ListImports, ListFindings, ListAssessments, GetProjectSummary, TakeWatermark, DescribeData, CountRows, CountByConstraint, FindNearestValue, HasRows, StreamRows, ExportProject, GetFinding, ListTrials, TriageFinding, TriageFindings, GetAssessment, CreateAssessment, UpdateAssessment, GetAnalytics, DeleteImport, DeleteAssessment],
  templates: [PlanReport, CreateTemplate, UpdateTemplate, DeleteTemplate, GetTemplate, ListTemplates, UploadTemplateLogo],
  preflight: [FindEmptySections, ExplainPreflight],
  builds: [BuildReport, GetBuild, ListBuilds, CancelBuild, DeleteBuild, RetryBuild, NoteMissingArtifact, EnqueueBuild, EstimateReport, PreviewReport, WithdrawBuilds],
  storage: [StoreArtifact, DeleteArtifacts, DiscardArtifacts, LookForArtifact, SignArtifactUrl, StoreImage, FindImages, ReadImage, DeleteImages],
  events: [],
  audit: [ListAuditEntries],
};

/** Which module says which event; anybody may listen, through the outbox. */
export const eventsByOwner: Readonly<Record<string, readonly MessageClass[]>> = {
  builds: [ReportBuildQueued, ReportCompleted, ReportFailed, ReportCancelled, ReportDeleted, ArtifactsDiscarded],
  findings: [DataDeleted],
};
