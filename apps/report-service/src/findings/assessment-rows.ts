import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type ProjectRef, type Snapshot, StreamRows, TakeWatermark } from '#contracts';
import type { AssessmentRow } from '#domain';
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
  async readIn(
    snapshot: Snapshot,
    project: ProjectRef,
    assessmentIds?: readonly string[],
  ): Promise<readonly AssessmentRow[]> {
    const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
    const request = {
      filter: {},
      frameworks: [],
      includeAdversarial: false,
      watermark,
      ...(assessmentIds && { assessmentIds }),
    };
    const rows: AssessmentRow[] = [];
    for await (const batch of await this.queries.execute(new StreamRows(project, 'assessments', request, snapshot))) {
      rows.push(...batch);
    }
    return rows;
  }
}
