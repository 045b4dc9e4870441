import { attackSuccessRate, type Rate, type RunCounts } from '../metrics.ts';
import { uncategorised } from '../vocabulary.ts';
import { alpha, holm } from './holm.ts';
import { type ClaimAbout, countedRuns, type Of, ratedRuns } from './population.ts';
import { exactP, independentDifference } from './two-rates.ts';

/** From this many assessed runs on each side an order of two rates may be stated. */
export const orderFrom = 20;

export type Dimension = 'target' | 'assessment' | 'attack' | 'category' | 'goal' | 'transform';

/** Runs of one name. */
export type Group = Pick<RunCounts, 'succeeded' | 'resisted' | 'hits_only'> & { readonly name: string };

interface RankedRate {
  readonly name: string;
  readonly rate: Rate;
}

/** Which name has the highest rate, and whether that may be said. */
export interface HighestClaim extends Of<'highest'> {
  readonly dimension: Dimension;
  /**
   * `settled`: one is higher than every other beyond chance; `unsettled`: one has the highest rate, which may be chance;
   * `tied`: several have it; `alone`: there is nothing to compare with; `none`: nothing succeeded, or nothing was assessed.
   */
  readonly state: 'settled' | 'unsettled' | 'tied' | 'alone' | 'none';
  /** All that have the highest rate, in the order given. */
  readonly leaders: readonly RankedRate[];
  /** The highest of the others. */
  readonly next: RankedRate | null;
  /** Names with an assessed run. */
  readonly compared: number;
}

/** `uncategorised` is no category. */
const named = (dimension: Dimension, rows: readonly Group[]): readonly Group[] =>
  dimension === 'category' ? rows.filter(({ name }) => name !== uncategorised) : rows;

export function highestRate(dimension: Dimension, rows: readonly Group[], about: ClaimAbout = {}): HighestClaim {
  const rated = named(dimension, rows).flatMap((row) => {
    const rate = attackSuccessRate(row);
    return rate === null ? [] : [{ name: row.name, rate }];
  });
  const highest = Math.max(...rated.map(({ rate }) => rate.value));
  const leaders = rated.filter(({ rate }) => rate.value === highest);
  const others = rated.filter(({ rate }) => rate.value !== highest);
  const [first] = leaders;
  const common = {
    kind: 'highest' as const,
    about,
    population: ratedRuns,
    dimension,
    next: others.reduce<RankedRate | null>(
      (best, one) => (best === null || one.rate.value > best.rate.value ? one : best),
      null,
    ),
    compared: rated.length,
  };
  if (!first || first.rate.succeeded === 0) return { ...common, state: 'none', leaders: [], next: null };
  if (rated.length === 1) return { ...common, state: 'alone', leaders };
  if (leaders.length > 1) return { ...common, state: 'tied', leaders };
  return { ...common, state: isAboveAll(first, others) ? 'settled' : 'unsettled', leaders };
}

/** Enough runs on both sides, Holm's correction over all comparisons, and each interval of the difference above 0. */
function isAboveAll(first: RankedRate, others: readonly RankedRate[]): boolean {
  if ([first, ...others].some(({ rate }) => rate.assessed < orderFrom)) return false;
  const own = outcomes(first.rate);
  const adjusted = holm(others.map(({ rate }) => exactP([{ with: own, baseline: outcomes(rate), pairs: null }])));
  return others.every(
    ({ rate }, index) => (adjusted[index] ?? 1) <= alpha && independentDifference(own, outcomes(rate)).low > 0,
  );
}

const outcomes = ({ succeeded, assessed }: Rate): { succeeded: number; resisted: number } => ({
  succeeded,
  resisted: assessed - succeeded,
});

/** Which name has the most successes, hits without a denominator among them. A count, no rate. */
export interface MostClaim extends Of<'most'> {
  readonly dimension: Dimension;
  /** As in the claim of the highest rate; `unsettled`: those without a name could make another the one with the most. */
  readonly state: 'one' | 'tied' | 'alone' | 'unsettled' | 'none';
  readonly leaders: readonly string[];
  /** Of each leader. */
  readonly successes: number;
  /** Of all names, those without a category among them. */
  readonly of: number;
  /** Successes without a category. */
  readonly unnamed: number;
}

export function mostSuccesses(dimension: Dimension, rows: readonly Group[], about: ClaimAbout = {}): MostClaim {
  const successesOf = (row: Group): number => row.succeeded + row.hits_only;
  const own = named(dimension, rows).filter((row) => successesOf(row) > 0);
  const successes = Math.max(0, ...own.map(successesOf));
  const leaders = own.filter((row) => successesOf(row) === successes).map(({ name }) => name);
  const alone = named(dimension, rows).length === 1;
  const of = rows.reduce((sum, row) => sum + successesOf(row), 0);
  const unnamed = of - own.reduce((sum, row) => sum + successesOf(row), 0);
  const [, next = 0] = own.map(successesOf).sort((a, b) => b - a);
  const isOpen = unnamed > 0 && successes <= next + unnamed;
  return {
    kind: 'most',
    about,
    population: countedRuns,
    dimension,
    state: leaders.length === 0 ? 'none' : isOpen ? 'unsettled' : alone ? 'alone' : leaders.length > 1 ? 'tied' : 'one',
    leaders,
    successes,
    of,
    unnamed,
  };
}
