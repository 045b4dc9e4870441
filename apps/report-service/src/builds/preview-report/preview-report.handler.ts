import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import {
  AppError,
  EmptySections,
  FindEmptySections,
  PlanReport,
  PreviewReport,
  type ProjectRef,
  type ReportPlan,
  type Snapshot,
  TakeWatermark,
} from '#contracts';
import type { FindingRow, PreviewBound } from '#domain';
import { Database } from '#platform';
import { readReport, type ReportImages, readReportImages } from '../report-reader.ts';
import { isTimeout, previewLimitMs, PreviewThread } from './preview-thread.ts';

/** Enough for the cover, the figures and a look at the worst findings. */
const bound: PreviewBound = { findings: 25, pages: 12 };

@QueryHandler(PreviewReport)
export class PreviewReportHandler implements IQueryHandler<PreviewReport> {
  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
    private readonly thread: PreviewThread,
  ) {}

  async execute({ project, request, signal }: PreviewReport): Promise<Uint8Array> {
    if (!this.thread.take()) throw new AppError('preview_busy');
    const limit = AbortSignal.timeout(previewLimitMs);
    try {
      const plan = await this.queries.execute(new PlanReport(project, request));
      const either = AbortSignal.any([signal, limit]);
      const images = await readReportImages(this.queries, project, plan, either);
      return await this.database.snapshot(project.organizationId, (snapshot) =>
        this.render(project, plan, images, snapshot, either),
      );
    } catch (error) {
      if (limit.aborted || isTimeout(error)) throw new AppError('preview_timeout', {}, { cause: error });
      throw error;
    } finally {
      this.thread.release();
    }
  }

  /** The first pages, by the resolvers and the renderer of a build, from one snapshot; empty sections as a build has them. */
  private async render(
    project: ProjectRef,
    plan: ReportPlan,
    images: ReportImages,
    snapshot: Snapshot,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    await snapshot.query(`set local statement_timeout = ${previewLimitMs}`);
    const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
    const empty = await this.queries.execute(new FindEmptySections(project, plan, watermark, snapshot));
    if (empty.length > 0) throw new EmptySections(empty);
    signal.throwIfAborted();
    const { facts, findings } = await readReport(this.queries, project, plan, watermark, images, snapshot);
    signal.throwIfAborted();
    return this.thread.render({
      // Pages are what there is to look at, whatever the report is to be built as.
      format: 'pdf',
      facts: { ...facts, preview: bound },
      findings: (part) => firstOf(findings(part), bound.findings),
      signal,
    });
  }
}

/** The first rows; the rest is never read. */
async function* firstOf(
  batches: AsyncIterable<readonly FindingRow[]>,
  count: number,
): AsyncGenerator<readonly FindingRow[]> {
  let left = count;
  for await (const batch of batches) {
    yield batch.slice(0, left);
    left -= batch.length;
    if (left <= 0) return;
  }
}
