import type { ConstraintField, ConstraintPattern } from '#contracts';
import type { FindingsFilter } from '#domain';

/** Easiest to give way first: a bound moves a little, a name is what somebody asked for. */
const fields: readonly ConstraintField[] = [
  'min_score',
  'started_after',
  'started_before',
  'severity',
  'finding_type',
  'category',
  'attack_name',
  'assessment_ids',
];

export interface Constraint {
  readonly field: ConstraintField;
  /** It alone. */
  readonly filter: FindingsFilter;
}

/** Each field of a filter as a filter of its own; both dates go with the rule for undated assessments. */
export function constraintsOf(filter: FindingsFilter): readonly Constraint[] {
  return fields
    .filter((field) => {
      const value = filter[field];
      return value !== undefined && !(Array.isArray(value) && value.length === 0);
    })
    .map((field) => ({
      field,
      filter: {
        [field]: filter[field],
        ...(isDate(field) && filter.include_undated_assessments ? { include_undated_assessments: true } : {}),
      },
    }));
}

export function without(filter: FindingsFilter, dropped: readonly ConstraintField[]): FindingsFilter {
  return Object.fromEntries(Object.entries(filter).filter(([field]) => !dropped.some((one) => one === field)));
}

export const isDate = (field: ConstraintField): boolean => field === 'started_after' || field === 'started_before';

/**
 * Findings left when some constraints are dropped. Each pattern has a boolean for every constraint and, last, one for the
 * types that a report shows when its filter names none.
 */
export function rowsWithout(
  patterns: readonly ConstraintPattern[],
  constraints: readonly Constraint[],
  dropped: ReadonlySet<ConstraintField>,
): number {
  const usualTypes = !constraints.some(({ field }) => field === 'finding_type') || dropped.has('finding_type');
  return patterns
    .filter(
      ({ passed }) =>
        constraints.every(({ field }, index) => dropped.has(field) || passed[index] === true) &&
        (!usualTypes || passed[constraints.length] === true),
    )
    .reduce((sum, { rows }) => sum + rows, 0);
}

/** A smallest set of constraints without which rows are left; of several, the one that gives way most easily. */
export function smallestBlame(
  patterns: readonly ConstraintPattern[],
  constraints: readonly Constraint[],
): readonly ConstraintField[] {
  for (let size = 1; size <= constraints.length; size += 1) {
    for (const dropped of combinations(
      constraints.map(({ field }) => field),
      size,
    )) {
      if (rowsWithout(patterns, constraints, new Set(dropped)) > 0) return dropped;
    }
  }
  return [];
}

/** All ways to choose `size` of the items, in their order; 255 in all for the eight fields there are. */
function* combinations<T>(items: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= items.length - size; index += 1) {
    for (const others of combinations(items, size - 1, index + 1)) yield [items[index] as T, ...others];
  }
}
