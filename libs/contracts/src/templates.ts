import { Query } from '@nestjs/cqrs';
import type { Frontmatter, OutlineSection, ReportPreset } from '#domain';
import type { ProjectRef } from './project-ref.ts';

/** Exactly one of the two, as validated at the edge. */
export type ReportRequest = { readonly preset: ReportPreset } | { readonly templateId: string };

/** What a build will do, frozen into its row at acceptance: no later change of a template reaches it. */
export interface ReportPlan extends ReportPreset {
  readonly schema_version: 1;
  readonly template_id: string | null;
  /** The version of the template that was current then. */
  readonly template_version?: number;
  /** The document's body. Absent in plans of earlier releases: one section of rows for each key of `sections`. */
  readonly outline?: readonly OutlineSection[];
  readonly frontmatter?: Frontmatter;
  /** Name of the project when the build was accepted. */
  readonly project_name: string;
}

/** Turns a request into the plan of a report; `not_found` for an unknown template. */
export class PlanReport extends Query<ReportPlan> {
  constructor(
    readonly project: ProjectRef,
    readonly request: ReportRequest,
  ) {
    super();
  }
}
