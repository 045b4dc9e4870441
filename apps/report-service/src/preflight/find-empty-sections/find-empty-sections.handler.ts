import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { type EmptySection, FindEmptySections, HasRows, type RowRequest } from '#contracts';
import { canonicalJson, type OutlinePart, outlineOfSections, type RowSource, sections } from '#domain';

type RowsPart = Extract<OutlinePart, { kind: 'rows' }>;

@QueryHandler(FindEmptySections)
export class FindEmptySectionsHandler implements IQueryHandler<FindEmptySections> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ project, plan, watermark, snapshot }: FindEmptySections): Promise<readonly EmptySection[]> {
    const outline = plan.outline ?? outlineOfSections(plan.sections);
    const frameworksOf = (part: RowsPart): readonly string[] => part.frameworks ?? plan.compliance_frameworks;
    const filled = new Set<string>();
    for (const [frameworks, sources] of groupByFrameworks(outline.flatMap(rowsParts), frameworksOf)) {
      const request: RowRequest = {
        filter: plan.filters,
        frameworks,
        includeAdversarial: plan.include_adversarial,
        watermark,
      };
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

const rowsParts = ({ parts }: { parts: readonly OutlinePart[] }): RowsPart[] =>
  parts.filter((part): part is RowsPart => part.kind === 'rows');

/** Only the compliance matrix reads the frameworks; all other sources are asked once. */
const sourceKey = (source: RowSource, frameworks: readonly string[]): string =>
  source === 'compliance_items' ? canonicalJson([source, frameworks]) : source;

function groupByFrameworks(
  parts: readonly RowsPart[],
  frameworksOf: (part: RowsPart) => readonly string[],
): [readonly string[], RowSource[]][] {
  const groups = new Map<string, [readonly string[], RowSource[]]>();
  for (const part of parts) {
    const { source } = sections[part.section];
    const frameworks = source === 'compliance_items' ? frameworksOf(part) : [];
    const group = groups.get(canonicalJson(frameworks)) ?? [frameworks, []];
    group[1].push(source);
    groups.set(canonicalJson(frameworks), group);
  }
  return [...groups.values()];
}
