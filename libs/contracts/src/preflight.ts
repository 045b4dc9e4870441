import { Query } from '@nestjs/cqrs';
import type { EmptySection } from './errors.ts';
import type { ProjectRef } from './project-ref.ts';
import type { Snapshot } from './snapshot.ts';
import type { ReportPlan } from './templates.ts';

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
