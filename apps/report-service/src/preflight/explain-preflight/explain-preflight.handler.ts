import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import {
  CountRows,
  EstimateReport,
  ExplainPreflight,
  outlineOf,
  type PreflightExplanation,
  rowRequestOf,
  type SectionExplanation,
} from '#contracts';
import { type OutlineSection, type RowSource, sections } from '#domain';
import { groupByFrameworks, type RowsPart, rowsParts, sourceKey } from '../rows-parts.ts';
import { EmptySectionExplainer } from './empty-section-explainer.ts';

@QueryHandler(ExplainPreflight)
export class ExplainPreflightHandler implements IQueryHandler<ExplainPreflight> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ project, plan, watermark, snapshot }: ExplainPreflight): Promise<PreflightExplanation> {
    const outline = outlineOf(plan);
    const frameworksOf = (part: RowsPart): readonly string[] => part.frameworks ?? plan.compliance_frameworks;
    const request = rowRequestOf(plan, watermark);
    const counts = new Map<string, number>();
    const rows: Partial<Record<RowSource, number>> = {};
    for (const [frameworks, sources] of groupByFrameworks(outline.flatMap(rowsParts), frameworksOf)) {
      const counted = await this.queries.execute(
        new CountRows(project, [...sources, 'findings'], { ...request, frameworks }, snapshot),
      );
      for (const [source, count] of counted) {
        counts.set(sourceKey(source, frameworks), count);
        rows[source] = count;
      }
    }
    const rowsOf = (part: RowsPart): number =>
      counts.get(sourceKey(sections[part.section].source, frameworksOf(part))) ?? 0;

    const explainer = new EmptySectionExplainer(this.queries, project, request, snapshot);
    const explained: SectionExplanation[] = [];
    for (const section of outline) {
      const parts = rowsParts(section);
      const count = parts.length === 0 ? null : sum(distinct(parts).map(rowsOf));
      const [first] = parts;
      explained.push(
        count === 0 && first
          ? { ...heading(section, 0), empty: true, ...(await explainer.explain(first, frameworksOf(first))) }
          : { ...heading(section, count), ...filled },
      );
    }
    const estimate = await this.queries.execute(new EstimateReport(project, plan, rows, request, snapshot));
    return { sections: explained, estimate };
  }
}

const heading = (
  { key, title }: OutlineSection,
  rows: number | null,
): Pick<SectionExplanation, 'key' | 'title' | 'rows'> => ({ key, title, rows });

const filled = { empty: false, reason: null, message: null, frameworks_with_rows: [], filter: null } as const;

/** Findings and their evidence in one section are the same rows. */
const distinct = (parts: readonly RowsPart[]): readonly RowsPart[] => [
  ...new Map(
    parts.map((part) => [sourceKey(sections[part.section].source, part.frameworks ?? []), part] as const),
  ).values(),
];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
