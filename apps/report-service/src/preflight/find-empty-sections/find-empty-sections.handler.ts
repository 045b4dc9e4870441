import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { type EmptySection, FindEmptySections, HasRows, outlineOf, rowRequestOf } from '#contracts';
import { groupByFrameworks, partKey, rowsParts, sourceKey } from '../rows-parts.ts';

@QueryHandler(FindEmptySections)
export class FindEmptySectionsHandler implements IQueryHandler<FindEmptySections> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ project, plan, watermark, snapshot }: FindEmptySections): Promise<readonly EmptySection[]> {
    const outline = outlineOf(plan);
    const request = rowRequestOf(plan, watermark);
    const filled = new Set<string>();
    for (const [frameworks, sources] of groupByFrameworks(outline.flatMap(rowsParts), request.frameworks)) {
      const asked = { ...request, frameworks };
      for (const source of await this.queries.execute(new HasRows(project, sources, asked, snapshot))) {
        filled.add(sourceKey(source, frameworks));
      }
    }
    return (
      outline
        .map((section) => ({ section, keys: rowsParts(section).map((part) => partKey(part, request.frameworks)) }))
        // Texts and images alone are never empty: there is nothing that could be missing.
        .filter(({ keys }) => keys.length > 0 && !keys.some((key) => filled.has(key)))
        .map(({ section: { key, title } }) => ({ key, title }))
    );
  }
}
