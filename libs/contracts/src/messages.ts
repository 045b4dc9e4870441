import { ListAuditEntries } from './audit.ts';
import { BuildReport, EnqueueBuild, GetBuild, ReportBuildQueued, ReportCompleted, ReportFailed } from './builds.ts';
import {
  CountRows,
  DescribeData,
  GetImport,
  GetProjectSummary,
  ImportRun,
  ListAssessments,
  ListFindings,
  ListImports,
  StreamRows,
  TakeWatermark,
} from './findings.ts';
import {
  CreateWebhook,
  DeleteWebhook,
  GetWebhook,
  ListDeliveries,
  ListEvents,
  ListWebhooks,
  RedeliverEvent,
  RotateWebhookSecret,
  UpdateWebhook,
} from './events.ts';
import { FindEmptySections } from './preflight.ts';
import { CreateProject, ListProjects, ResolveAccess } from './projects.ts';
import { DeleteArtifacts, SignArtifactUrl, StoreArtifact } from './storage.ts';
import { PlanReport } from './templates.ts';

export type MessageClass = abstract new (...parameters: never[]) => object;

/** Which module answers which message. The boot fails unless each has exactly one handler, in that module. */
export const messagesByOwner: Readonly<Record<string, readonly MessageClass[]>> = {
  projects: [CreateProject, ListProjects, ResolveAccess],
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
    StreamRows,
  ],
  templates: [PlanReport],
  preflight: [FindEmptySections],
  builds: [BuildReport, GetBuild, EnqueueBuild],
  storage: [StoreArtifact, DeleteArtifacts, SignArtifactUrl],
  audit: [ListAuditEntries],
  events: [
    ListEvents,
    CreateWebhook,
    ListWebhooks,
    GetWebhook,
    UpdateWebhook,
    DeleteWebhook,
    RotateWebhookSecret,
    ListDeliveries,
    RedeliverEvent,
  ],
};

/** Which module says which event; anybody may listen, through the outbox. */
export const eventsByOwner: Readonly<Record<string, readonly MessageClass[]>> = {
  builds: [ReportBuildQueued, ReportCompleted, ReportFailed],
};
