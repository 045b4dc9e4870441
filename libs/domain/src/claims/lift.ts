import type { Difference } from '../metrics.ts';
import { type ClaimAbout, type Of, ratedRuns } from './population.ts';
import { alpha, holm } from './holm.ts';
import {
  type Assessed,
  commonDifference,
  exactP,
  independentDifference,
  pairedDifference,
  sizeOf,
  type Stratum,
  sums,
} from './two-rates.ts';

/** How a difference of two rates was got: of pairs of goals, of independent runs, or over several attacks. */
export type LiftMethod = 'paired' | 'independent' | 'stratified';

export interface Lift {
  /** Runs with the transform that have a baseline, and that baseline: sums over the strata. */
  readonly with: Assessed;
  readonly baseline: Assessed;
  /** Over several strata the common one, which need not be the difference of the two sums. */
  readonly difference: Difference;
  readonly method: LiftMethod;
  /** Attacks that were compared. */
  readonly strata: number;
  /** Exact, two-sided, before any correction. */
  readonly p: number;
}

export type LiftVerdict = 'raises' | 'lowers' | 'unsettled' | 'no_baseline';

/** What a list of transforms changes on one target, other things being equal. */
export interface LiftClaim extends Of<'lift'> {
  readonly verdict: LiftVerdict;
  /** Null without a baseline. */
  readonly lift: Lift | null;
  /** p after Holm over `compared` transform lists of the target. */
  readonly adjusted: number | null;
  readonly compared: number;
}

/** Strata of one target and one list of transforms, one an attack. Null where no stratum has assessed runs on both sides. */
export function liftOf(strata: readonly Stratum[]): Lift | null {
  const usable = strata.filter((stratum) => sizeOf(stratum.with) > 0 && sizeOf(stratum.baseline) > 0);
  const [first] = usable;
  if (!first) return null;
  const [one, baseline] = sums(usable);
  const common = { with: one, baseline, strata: usable.length, p: exactP(usable) };
  if (usable.length > 1) return { ...common, difference: commonDifference(usable), method: 'stratified' };
  if (first.pairs) return { ...common, difference: pairedDifference(first.pairs), method: 'paired' };
  return { ...common, difference: independentDifference(first.with, first.baseline), method: 'independent' };
}

/** A word falls only where the p corrected over all comparisons and the interval agree. */
export function liftVerdict(lift: Lift | null, adjusted: number | null): LiftVerdict {
  if (lift === null || adjusted === null) return 'no_baseline';
  if (adjusted > alpha) return 'unsettled';
  if (lift.difference.low > 0) return 'raises';
  return lift.difference.high < 0 ? 'lowers' : 'unsettled';
}

/** One claim for each list of transforms that was used on a target, in the order given. `rows` hold those of other targets too. */
export function liftClaims(
  target: string,
  lists: readonly (readonly string[])[],
  rows: readonly (Stratum & { readonly target_key: string; readonly transforms: readonly string[] })[],
): LiftClaim[] {
  const lifts = lists.map((transforms) =>
    liftOf(rows.filter((row) => row.target_key === target && sameList(row.transforms, transforms))),
  );
  const compared = lifts.filter((lift) => lift !== null);
  const adjusted = holm(compared.map(({ p }) => p));
  return lists.map((transforms, index): LiftClaim => {
    const lift = lifts[index] ?? null;
    const own = lift === null ? null : (adjusted[compared.indexOf(lift)] ?? null);
    const about: ClaimAbout = { target, transforms };
    return {
      kind: 'lift',
      about,
      population: ratedRuns,
      verdict: liftVerdict(lift, own),
      lift,
      adjusted: own,
      compared: compared.length,
    };
  });
}

/** Names may hold any character, so lists are compared as lists. */
export const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, index) => name === other[index]);
