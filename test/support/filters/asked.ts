import { findingTypes, severities } from '#domain';
import fc from 'fast-check';

import type { Assessment, Run } from './rule.ts';

export interface Filter {
  readonly assessment_ids?: readonly string[] | null;
  readonly attack_name?: readonly string[] | null;
  readonly category?: readonly string[] | null;
  readonly finding_type?: readonly string[] | null;
  readonly severity?: readonly string[] | null;
  readonly min_score?: number | null;
  readonly started_after?: string | null;
  readonly started_before?: string | null;
  readonly include_undated_assessments?: boolean | null;
}

export interface Asked {
  readonly filter: Filter;
  readonly adversarial: boolean;
}

export const preset = ({ filter, adversarial }: Asked): Readonly<Record<string, unknown>> => ({
  sections: ['findings', 'evidence'],
  filters: filter,
  include_adversarial: adversarial,
});

/** The same filter as parameters of the list; a name goes in several times, since it may hold a comma. */
export function query({ filter, adversarial }: Asked): string {
  const parameters = new URLSearchParams({ include_adversarial: String(adversarial) });
  for (const [field, value] of Object.entries(filter) as [
    string,
    readonly string[] | string | number | boolean | null,
  ][]) {
    if (value === null) continue;
    if (typeof value !== 'object') parameters.append(field, String(value));
    else if (field === 'attack_name' || field === 'category') {
      // One value alone would be taken as a list of them.
      for (const one of value.length === 1 ? [...value, ...value] : value) parameters.append(field, one);
    } else parameters.append(field, value.join(','));
  }
  return parameters.toString();
}

/** Values that rows have, and some that none has; bounds on the very values, beside them and far away; nulls and empty lists. */
export function asked(runs: readonly Run[], assessments: readonly Assessment[]): fc.Arbitrary<Asked> {
  const valuesOf = (field: keyof Run): string[] => [
    ...new Set(runs.map((run) => run[field]).filter((value): value is string => typeof value === 'string')),
  ];
  const list = (values: readonly string[]): fc.Arbitrary<string[] | null | undefined> =>
    fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom<string[] | null>(null, []) },
      { weight: 5, arbitrary: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 }) },
    );
  const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
    fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 4, arbitrary },
    );
  const scores = runs.flatMap(({ best_score: score }) => (score === null ? [] : [score]));
  const starts = assessments.flatMap(({ started_at: at }) => (at === null ? [] : [Date.parse(at)]));
  const bound = fc
    .tuple(fc.constantFrom(...starts), fc.constantFrom(-86_400_000, -1_000, 0, 0, 1_000, 86_400_000))
    .chain(([at, shift]) => {
      const text = new Date(at + shift).toISOString();
      return fc.constantFrom(text, text.slice(0, 10), text.replace(/\.\d+Z$/, ''), text.replace('Z', '+00:00'));
    });
  return fc
    .record({
      filter: fc.record({
        assessment_ids: list([...assessments.map(({ id }) => id), '7e57ab1e-0000-4000-8000-000000000000']),
        attack_name: list([...valuesOf('attack_name'), 'nobody', "o'clock"]),
        category: list([...valuesOf('category'), ...valuesOf('goal_category'), 'nothing']),
        finding_type: list(findingTypes),
        severity: list(severities),
        min_score: maybe(fc.oneof(fc.constantFrom(...scores), fc.constantFrom(0, 0.3, 0.5, 0.7, 0.9, 1))),
        started_after: maybe(bound),
        started_before: maybe(bound),
        include_undated_assessments: maybe(fc.boolean()),
      }),
      adversarial: fc.boolean(),
    })
    .filter(({ filter: { started_after: after, started_before: before } }) =>
      after && before ? utc(after) <= utc(before) : true,
    )
    .map(({ filter, adversarial }) => ({
      filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
      adversarial,
    }));
}

/** A bound without a zone is UTC. */
const utc = (text: string): number =>
  Date.parse(/T.*(Z|[+-]\d\d:\d\d)$/.test(text) || text.length === 10 ? text : `${text}Z`);
