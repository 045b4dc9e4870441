import { Command, Query } from '@nestjs/cqrs';
import {
  type Frontmatter,
  outlineOfSections,
  type OutlineSection,
  type ReportPreset,
  type TemplateConfig,
} from '#domain';
import type { Page, PageRequest } from './paging.ts';
import type { RowRequest } from './rows.ts';
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

/** The body of a planned report; a plan of an earlier release has the one of its preset. */
export const outlineOf = (plan: ReportPlan): readonly OutlineSection[] =>
  plan.outline ?? outlineOfSections(plan.sections);

/** The rows of a planned report, as far as these imports hold them. */
export const rowRequestOf = (plan: ReportPlan, watermark: readonly string[]): RowRequest => ({
  filter: plan.filters,
  frameworks: plan.compliance_frameworks,
  includeAdversarial: plan.include_adversarial,
  watermark,
});

/** Turns a request into the plan of a report; `not_found` for an unknown template. */
export class PlanReport extends Query<ReportPlan> {
  constructor(
    readonly project: ProjectRef,
    readonly request: ReportRequest,
  ) {
    super();
  }
}

/** A stored template. `preset` is read back from `config`; null when no section of it has a preset's tag. */
export interface TemplateView {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly project_id: string;
  /** Counts the changes, from 1. */
  readonly version: number;
  readonly config: TemplateConfig;
  readonly preset: ReportPreset | null;
  readonly branding_logo_oid: string | null;
  readonly created_by: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** What a template is made of; a preset is expanded, and only its components are kept. */
export type TemplateContent = { readonly preset: ReportPreset } | { readonly config: TemplateConfig };

export interface NewTemplate {
  readonly name: string;
  readonly description: string | null;
  readonly content: TemplateContent;
}

/** Stores a template; `already_exists` for a name of the project, `template_limit_exceeded` beyond its cap. */
export class CreateTemplate extends Command<TemplateView> {
  constructor(
    readonly project: ProjectRef,
    readonly template: NewTemplate,
    readonly createdBy: string,
  ) {
    super();
  }
}

/**
 * Changes what is given, as a new version; a change that changes nothing makes none. `conflict` when the template has
 * none of the expected versions any more.
 */
export class UpdateTemplate extends Command<TemplateView> {
  constructor(
    readonly project: ProjectRef,
    readonly templateId: string,
    readonly changes: Partial<NewTemplate>,
    readonly changedBy: string,
    readonly expectedVersions?: readonly number[],
  ) {
    super();
  }
}

/** Past builds keep what they were accepted with. */
export class DeleteTemplate extends Command<void> {
  constructor(
    readonly project: ProjectRef,
    readonly templateId: string,
  ) {
    super();
  }
}

export class GetTemplate extends Query<TemplateView> {
  constructor(
    readonly project: ProjectRef,
    readonly templateId: string,
  ) {
    super();
  }
}

/** Newest first. */
export class ListTemplates extends Query<Page<TemplateView>> {
  constructor(
    readonly project: ProjectRef,
    readonly page: PageRequest,
  ) {
    super();
  }
}

/** Stores a PNG and puts it at the left of the template's header, as a new version. */
export class UploadTemplateLogo extends Command<TemplateView> {
  constructor(
    readonly project: ProjectRef,
    readonly templateId: string,
    readonly png: Uint8Array,
    readonly uploadedBy: string,
  ) {
    super();
  }
}
