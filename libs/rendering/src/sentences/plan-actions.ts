import { remedyFor, severities, type FindingCategoryRow, type Severity } from '#domain';

const mostActions = 5;

export interface PlannedAction {
  readonly title: string;
  readonly text: string;
  readonly categories: readonly string[];
  readonly closes: Readonly<Record<Severity, number>>;
  readonly items: readonly string[];
}

export interface ActionPlan {
  readonly actions: readonly PlannedAction[];
  /** Categories with a fixed text that did not make the first five. */
  readonly further: readonly PlannedAction[];
  readonly withoutText: readonly FindingCategoryRow[];
}

/** One action for each category of findings that has a fixed text, by the critical, then high, then medium findings it closes. */
export function planActions(categories: readonly FindingCategoryRow[]): ActionPlan {
  const planned: PlannedAction[] = [];
  const withoutText: FindingCategoryRow[] = [];
  for (const row of categories) {
    const remedy = remedyFor(row.category);
    if (severities.every((severity) => row.severities[severity] === 0)) continue;
    if (!remedy) withoutText.push(row);
    else
      planned.push({
        title: remedy.title,
        text: remedy.fix,
        categories: [row.category],
        closes: row.severities,
        items: row.items,
      });
  }
  planned.sort(bySeverityClosed);
  return { actions: planned.slice(0, mostActions), further: planned.slice(mostActions), withoutText };
}

function bySeverityClosed(a: PlannedAction, b: PlannedAction): number {
  for (const severity of severities) {
    const difference = b.closes[severity] - a.closes[severity];
    if (difference !== 0) return difference;
  }
  return a.title < b.title ? -1 : 1;
}
