import { canonicalJson, type OutlinePart, type RowSource, sections } from '#domain';

export type RowsPart = Extract<OutlinePart, { kind: 'rows' }>;

export const rowsParts = ({ parts }: { parts: readonly OutlinePart[] }): RowsPart[] =>
  parts.filter((part): part is RowsPart => part.kind === 'rows');

/** Only the compliance matrix reads the frameworks; all other sources are asked once. */
export const sourceKey = (source: RowSource, frameworks: readonly string[]): string =>
  source === 'compliance_items' ? canonicalJson([source, frameworks]) : source;

export function groupByFrameworks(
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
