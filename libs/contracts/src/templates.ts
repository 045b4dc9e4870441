import { Query } from '@nestjs/cqrs';
import type {
  EvidenceLevel,
  FindingsFilter,
  Frontmatter,
  OutlineSection,
  ReportFormat,
  ReportStyleFacts,
  SectionKey,
} from '#domain';
import type { ProjectRef } from './project-ref.ts';

/** A valid `AirtPresetRequest` with its defaults filled in. */
export interface ReportPreset {
  readonly sections: readonly SectionKey[];
  readonly compliance_frameworks: readonly string[];
  readonly filters: FindingsFilter;
  readonly branding: {
    readonly company_name: string | null;
    readonly confidentiality_footer: string | null;
    readonly report_title: string | null;
  };
  readonly style: ReportStyleFacts;
  readonly format: ReportFormat;
  readonly include_adversarial: boolean;
  readonly evidence: EvidenceLevel;
}

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
