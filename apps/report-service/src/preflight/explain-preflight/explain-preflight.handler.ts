import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import {
  CountRows,
  EstimateReport,
  ExplainPreflight,
  outlineOf,
  PlanReport,
  type PreflightExplanation,
  type ProjectRef,
  type RowRequest,
  rowRequestOf,
  type SectionExplanation,
  type Snapshot,
  TakeWatermark,
} from '#contracts';
import type { OutlineSection, RowSource } from '#domain';
import { Database } from '#platform';
import { groupByFrameworks, partKey, rowsParts, sourceKey } from '../rows-parts.ts';
import { EmptySectionExplainer } from './empty-section-explainer.ts';

@QueryHandler(ExplainPreflight)
export class ExplainPreflightHandler implements IQueryHandler<ExplainPreflight> {
  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
  ) {}

  async execute({ project, request }: ExplainPreflight): Promise<PreflightExplanation> {
    const plan = await this.queries.execute(new PlanReport(project, request));
    return this.database.snapshot(project.organizationId, async (snapshot) => {
      const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
      const rowRequest = rowRequestOf(plan, watermark);
      const outline = outlineOf(plan);
      const counts = await this.countRows(project, outline, rowRequest, snapshot);
      const explainer = new EmptySectionExplainer(this.queries, project, rowRequest, snapshot);
      const explained: SectionExplanation[] = [];
      for (const section of outline) {
        explained.push(await explainSection(section, rowRequest.frameworks, counts.byPart, explainer));
      }
      const estimate = await this.queries.execute(
        new EstimateReport(project, plan, counts.bySource, rowRequest, snapshot),
      );
      return { sections: explained, estimate };
    });
  }

  private async countRows(
    project: ProjectRef,
    outline: readonly OutlineSection[],
    request: RowRequest,
    snapshot: Snapshot,
  ): Promise<{ byPart: ReadonlyMap<string, number>; bySource: Partial<Record<RowSource, number>> }> {
    const byPart = new Map<string, number>();
    const bySource: Partial<Record<RowSource, number>> = {};
    for (const [frameworks, sources] of groupByFrameworks(outline.flatMap(rowsParts), request.frameworks)) {
      const counted = await this.queries.execute(
        new CountRows(project, [...sources, 'findings'], { ...request, frameworks }, snapshot),
      );
      for (const [source, count] of counted) {
        byPart.set(sourceKey(source, frameworks), count);
        bySource[source] = count;
      }
    }
    return { byPart, bySource };
  }
}

async function explainSection(
  section: OutlineSection,
  frameworks: readonly string[],
  counts: ReadonlyMap<string, number>,
  explainer: EmptySectionExplainer,
): Promise<SectionExplanation> {
  const parts = rowsParts(section);
  const [first] = parts;
  // Texts and images alone are never empty.
  if (!first) return { ...heading(section, null), ...filled };
  // Findings and their evidence in one section are the same rows.
  const keys = new Set(parts.map((part) => partKey(part, frameworks)));
  const rows = [...keys].reduce((total, key) => total + (counts.get(key) ?? 0), 0);
  if (rows > 0) return { ...heading(section, rows), ...filled };
  const why = await explainer.explain(first, first.frameworks ?? frameworks);
  return { ...heading(section, 0), empty: true, ...why };
}

const heading = (
  { key, title }: OutlineSection,
  rows: number | null,
): Pick<SectionExplanation, 'key' | 'title' | 'rows'> => ({ key, title, rows });

const filled = { empty: false, reason: null, message: null, frameworks_with_rows: [], filter: null } as const;
