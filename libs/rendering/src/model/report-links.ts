import type { SectionKey } from '#domain';
import type { Anchor } from './report-content.ts';

/** Where a link may lead in this report; null when the report lacks the place. */
export interface ReportLinks {
  finding(rank: number): Anchor | null;
  section(key: SectionKey): Anchor | null;
  action(category: string): { readonly number: number; readonly anchor: Anchor } | null;
}

/** `keys`: whose rows the report shows. `actions` names the categories of each action, in order. */
export function reportLinks(keys: readonly SectionKey[], actions: readonly (readonly string[])[]): ReportLinks {
  const has = new Set<SectionKey>(keys);
  return {
    finding: (rank) => (has.has('evidence') ? `finding-${rank}` : has.has('findings') ? `row-${rank}` : null),
    section: (key) => (has.has(key) ? `section-${key}` : null),
    action: (category) => {
      const index = has.has('recommendations') ? actions.findIndex((categories) => categories.includes(category)) : -1;
      return index < 0 ? null : { number: index + 1, anchor: `action-${index + 1}` };
    },
  };
}
