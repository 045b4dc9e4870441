import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type ProjectRef, type Snapshot, StreamRows, TakeWatermark } from '#contracts';
import type { AssessmentRow, RowOf, TargetRow } from '#domain';
import { Database } from '#platform';

/** Assessments with their counts as of now, by the resolver that reports use. */
@Injectable()
export class AssessmentRows {
  constructor(
    private readonly database: Database,
    private readonly queries: QueryBus,
  ) {}

  /** Completed ones of the project, oldest first. */
  read(project: ProjectRef): Promise<readonly AssessmentRow[]> {
    return this.database.snapshot(project.organizationId, (snapshot) => this.readIn(snapshot, project));
  }

  /** With ids: those, whatever their status; one that nothing was imported into has no row. */
  readIn(
    snapshot: Snapshot,
    project: ProjectRef,
    assessmentIds?: readonly string[],
  ): Promise<readonly AssessmentRow[]> {
    return this.rowsIn(snapshot, project, 'assessments', assessmentIds);
  }

  /** Targets that the completed assessments of the project attacked, riskiest first. */
  targetsIn(snapshot: Snapshot, project: ProjectRef): Promise<readonly TargetRow[]> {
    return this.rowsIn(snapshot, project, 'targets');
  }

  private async rowsIn<S extends 'assessments' | 'targets'>(
    snapshot: Snapshot,
    project: ProjectRef,
    source: S,
    assessmentIds?: readonly string[],
  ): Promise<readonly RowOf<S>[]> {
    const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
    const request = {
      filter: {},
      frameworks: [],
      includeAdversarial: false,
      watermark,
      ...(assessmentIds && { assessmentIds }),
    };
    const rows: RowOf<S>[] = [];
    const batches = await this.queries.execute<StreamRows<S>, AsyncIterable<readonly RowOf<S>[]>>(
      new StreamRows(project, source, request, snapshot),
    );
    for await (const batch of batches) rows.push(...batch);
    return rows;
  }
}
