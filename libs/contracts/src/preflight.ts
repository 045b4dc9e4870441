import { Query } from '@nestjs/cqrs';
import type { FindingsFilter, SectionKey } from '#domain';
import type { ReportEstimate } from './builds.ts';
import type { EmptySection } from './errors.ts';
import type { ConstraintField } from './rows.ts';
import type { ProjectRef } from './project-ref.ts';
import type { Snapshot } from './snapshot.ts';
import type { ReportPlan, ReportRequest } from './templates.ts';

/** Sections of the plan that have no row in the snapshot, in the order of the plan. */
export class FindEmptySections extends Query<readonly EmptySection[]> {
  constructor(
    readonly project: ProjectRef,
    readonly plan: ReportPlan,
    readonly watermark: readonly string[],
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Sections that a build of the request would refuse as empty. Writes nothing. */
export class PreflightReport extends Query<readonly EmptySection[]> {
  constructor(
    readonly project: ProjectRef,
    readonly request: ReportRequest,
  ) {
    super();
  }
}

/** Why a section has no rows, for programs. */
export const emptyReasons = [
  'no_data',
  'no_framework_selected',
  'no_rows_of_frameworks',
  'adversarial_left_out',
  'nothing_succeeded',
  'no_goals',
  'no_runs',
  'filtered_out',
] as const;
export type EmptyReason = (typeof emptyReasons)[number];

/** What each constraint of the filter does to the findings, and which filter near it leaves some. */
export interface FilterExplanation {
  /** Findings without any filter. */
  readonly unfiltered_rows: number;
  readonly constraints: readonly { readonly field: ConstraintField; readonly rows_without: number }[];
  /** A smallest set of constraints without which some findings are left. */
  readonly to_blame: readonly ConstraintField[];
  readonly suggestion: { readonly filters: FindingsFilter; readonly rows: number } | null;
}

export interface SectionExplanation {
  readonly key: SectionKey | null;
  readonly title: string;
  /** Rows of all its parts; null for a section of texts and images alone. */
  readonly rows: number | null;
  readonly empty: boolean;
  readonly reason: EmptyReason | null;
  readonly message: string | null;
  /** With `no_framework_selected` and `no_rows_of_frameworks`: frameworks that have rows here. */
  readonly frameworks_with_rows: readonly string[];
  /** With `filtered_out`. */
  readonly filter: FilterExplanation | null;
}

export interface PreflightExplanation {
  readonly sections: readonly SectionExplanation[];
  readonly estimate: ReportEstimate;
}

/** Rows of each section, why an empty one is empty, and what the report would cost. Bounded: some thirty counts at most. */
export class ExplainPreflight extends Query<PreflightExplanation> {
  constructor(
    readonly project: ProjectRef,
    readonly request: ReportRequest,
  ) {
    super();
  }
}
