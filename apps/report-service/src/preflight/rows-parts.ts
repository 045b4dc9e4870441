import { canonicalJson, type OutlinePart, type RowSource, sections } from '#domain';

export type RowsPart = Extract<OutlinePart, { kind: 'rows' }>;

export const rowsParts = ({ parts }: { parts: readonly OutlinePart[] }): RowsPart[] =>
  parts.filter((part): part is RowsPart => part.kind === 'rows');

/** Only the compliance matrix reads the frameworks; all other sources are asked once. */
export const sourceKey = (source: RowSource, frameworks: readonly string[]): string =>
  source === 'compliance_items' ? canonicalJson([source, frameworks]) : source;

/** Parts with one key show the same rows. `frameworks`: the plan's, for a part that names none. */
export const partKey = (part: RowsPart, frameworks: readonly string[]): string =>
  sourceKey(sections[part.section].source, part.frameworks ?? frameworks);

/** Sources to ask for together, with the frameworks to ask for; `frameworks`: the plan's. */
export function groupByFrameworks(
  parts: readonly RowsPart[],
  frameworks: readonly string[],
): [readonly string[], RowSource[]][] {
  const groups = new Map<string, [readonly string[], RowSource[]]>();
  for (const part of parts) {
    const { source } = sections[part.section];
    const shown = source === 'compliance_items' ? (part.frameworks ?? frameworks) : [];
    const group = groups.get(canonicalJson(shown)) ?? [shown, []];
    group[1].push(source);
    groups.set(canonicalJson(shown), group);
  }
  return [...groups.values()];
}
