import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { type EmptySection, FindEmptySections, HasRows, outlineOf, rowRequestOf } from '#contracts';
import { sections } from '#domain';
import { groupByFrameworks, type RowsPart, rowsParts, sourceKey } from '../rows-parts.ts';

@QueryHandler(FindEmptySections)
export class FindEmptySectionsHandler implements IQueryHandler<FindEmptySections> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ project, plan, watermark, snapshot }: FindEmptySections): Promise<readonly EmptySection[]> {
    const outline = outlineOf(plan);
    const frameworksOf = (part: RowsPart): readonly string[] => part.frameworks ?? plan.compliance_frameworks;
    const filled = new Set<string>();
    for (const [frameworks, sources] of groupByFrameworks(outline.flatMap(rowsParts), frameworksOf)) {
      const request = { ...rowRequestOf(plan, watermark), frameworks };
      for (const source of await this.queries.execute(new HasRows(project, sources, request, snapshot))) {
        filled.add(sourceKey(source, frameworks));
      }
    }
    const isEmpty = (part: RowsPart): boolean =>
      !filled.has(sourceKey(sections[part.section].source, frameworksOf(part)));
    // Texts and images alone are never empty: there is nothing that could be missing.
    return outline
      .filter((section) => rowsParts(section).length > 0 && rowsParts(section).every(isEmpty))
      .map(({ key, title }) => ({ key, title }));
  }
}
