import { remedyFor, severities, type FindingCategoryRow, type SeverityCounts } from '#domain';
import { inNaturalOrder } from '../text/natural-order.ts';

const mostActions = 5;

export interface PlannedAction {
  readonly title: string;
  readonly text: string;
  readonly categories: readonly string[];
  /** Open findings that succeeded: what came close needs no mending, and what is closed was dealt with. */
  readonly addresses: SeverityCounts;
  readonly items: readonly string[];
  /** Keys of the targets that they were found on. */
  readonly targets: readonly string[];
}

/** Open successes of a category without a fixed text. */
interface CategoryWithoutText {
  readonly category: string;
  readonly open: SeverityCounts;
}

export interface ActionPlan {
  readonly actions: readonly PlannedAction[];
  /** Categories with a fixed text that did not make the first five. */
  readonly further: readonly PlannedAction[];
  readonly withoutText: readonly CategoryWithoutText[];
}

/** One action for each category of open successes that has a fixed text, by the critical, then high, then medium ones it addresses. */
export function planActions(rows: readonly FindingCategoryRow[]): ActionPlan {
  const planned: PlannedAction[] = [];
  const withoutText: CategoryWithoutText[] = [];
  for (const { category, open, items, targets } of ofAllTargets(rows)) {
    if (severities.every((severity) => open[severity] === 0)) continue;
    const remedy = remedyFor(category);
    if (!remedy) withoutText.push({ category, open });
    else
      planned.push({ title: remedy.title, text: remedy.fix, categories: [category], addresses: open, items, targets });
  }
  planned.sort(bySeverity);
  return { actions: planned.slice(0, mostActions), further: planned.slice(mostActions), withoutText };
}

interface CategoryOfTargets extends CategoryWithoutText {
  readonly items: readonly string[];
  readonly targets: readonly string[];
}

/** A fix is one for all targets; numbers of findings add up, as no rate does. */
function ofAllTargets(rows: readonly FindingCategoryRow[]): readonly CategoryOfTargets[] {
  const merged = new Map<string, CategoryOfTargets>();
  for (const row of rows) {
    const before = merged.get(row.category);
    const own = severities.some((severity) => row.open[severity] > 0) ? [row.target_key] : [];
    merged.set(row.category, {
      category: row.category,
      open: before ? plus(before.open, row.open) : row.open,
      items: [...new Set([...(before?.items ?? []), ...row.items])].slice(0, 8),
      targets: [...(before?.targets ?? []), ...own],
    });
  }
  return [...merged.values()];
}

export const plus = (a: SeverityCounts, b: SeverityCounts): SeverityCounts => ({
  critical: a.critical + b.critical,
  high: a.high + b.high,
  medium: a.medium + b.medium,
  low: a.low + b.low,
  info: a.info + b.info,
});

function bySeverity(a: PlannedAction, b: PlannedAction): number {
  for (const severity of severities) {
    const difference = b.addresses[severity] - a.addresses[severity];
    if (difference !== 0) return difference;
  }
  return inNaturalOrder(a.title, b.title);
}
