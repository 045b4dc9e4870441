import { type Difference, lift, wilson, z } from '../metrics.ts';

/** Assessed runs by outcome. */
export interface Assessed {
  readonly succeeded: number;
  readonly resisted: number;
}

/** Goals that were each run once with and once without, by what succeeded. */
export interface GoalPairs {
  readonly both: number;
  readonly only_with: number;
  readonly only_baseline: number;
  readonly neither: number;
}

/** Runs of one attack on one target, with a transform and without any. `pairs` where each goal has one run of both. */
export interface Stratum {
  readonly with: Assessed;
  readonly baseline: Assessed;
  readonly pairs: GoalPairs | null;
}

export const sizeOf = ({ succeeded, resisted }: Assessed): number => succeeded + resisted;

/** p₁ − p₂ of independent runs, by Newcombe's method 10 of 1998 (independent proportions). */
export const independentDifference = (one: Assessed, other: Assessed): Difference =>
  lift(wilson(one.succeeded, sizeOf(one)), wilson(other.succeeded, sizeOf(other)));

/** The same for pairs, by Newcombe's method 10 of 1998 (paired proportions): the two Wilson intervals and their correlation. */
export function pairedDifference({ both, only_with, only_baseline, neither }: GoalPairs): Difference {
  const n = both + only_with + only_baseline + neither;
  const one = wilson(both + only_with, n);
  const other = wilson(both + only_baseline, n);
  const product = both * neither - only_with * only_baseline;
  // Newcombe's correction for continuity, which applies to a positive correlation alone.
  const covariance = product > 0 ? Math.max(product - n / 2, 0) : product;
  const scale = Math.sqrt(
    (both + only_with) * (only_baseline + neither) * (both + only_baseline) * (only_with + neither),
  );
  const correlation = scale === 0 ? 0 : covariance / scale;
  const together = (a: number, b: number): number => Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
  const value = (only_with - only_baseline) / n;
  return {
    value,
    low: value - together(one.value - one.low, other.high - other.value),
    high: value + together(one.high - one.value, other.value - other.low),
  };
}

/**
 * Common difference over strata by Mantel and Haenszel. The interval is that of Klingenberg (2014): Sato's variance, taken
 * at each difference that is tried instead of at the estimate, so that it does not shrink to a point near 0 or 1. A pair is
 * a stratum of its own, which leaves the estimate as it is and counts the pairing in the variance.
 */
export function commonDifference(strata: readonly Stratum[]): Difference {
  let weights = 0;
  let weighted = 0;
  let p = 0;
  let q = 0;
  const add = (x: number, n: number, y: number, m: number, times: number): void => {
    const all = n + m;
    weights += (times * n * m) / all;
    weighted += (times * (x * m - y * n)) / all;
    p += (times * (n * n * y - m * m * x + (n * m * (m - n)) / 2)) / (all * all);
    q += (times * (x * (m - y) + y * (n - x))) / (2 * all);
  };
  for (const { with: one, baseline, pairs } of strata) {
    if (pairs === null) add(one.succeeded, sizeOf(one), baseline.succeeded, sizeOf(baseline), 1);
    else {
      add(1, 1, 1, 1, pairs.both);
      add(1, 1, 0, 1, pairs.only_with);
      add(0, 1, 1, 1, pairs.only_baseline);
      add(0, 1, 0, 1, pairs.neither);
    }
  }
  const value = weighted / weights;
  if (q === 0 && value === 0) return withoutVariance(strata);
  const middle = value + (z * z * p) / (2 * weights * weights);
  const half = Math.sqrt(Math.max(0, middle * middle - value * value + (z * z * q) / (weights * weights)));
  return { value, low: Math.max(-1, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Where no stratum holds two outcomes, the variance is 0 and says nothing. With one outcome in all of them the sums say
 * more; else they would compare the attacks, so the limits are the weighted means of those of the strata, which is wider.
 */
function withoutVariance(strata: readonly Stratum[]): Difference {
  const [one, baseline] = sums(strata);
  if (one.succeeded + baseline.succeeded === 0 || one.resisted + baseline.resisted === 0)
    return independentDifference(one, baseline);
  const own = strata.map((stratum) => {
    const [n, m] = [sizeOf(stratum.with), sizeOf(stratum.baseline)];
    const limits = stratum.pairs
      ? pairedDifference(stratum.pairs)
      : independentDifference(stratum.with, stratum.baseline);
    return { weight: (n * m) / (n + m), ...limits };
  });
  const all = own.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (side: 'low' | 'high'): number => own.reduce((sum, each) => sum + each.weight * each[side], 0) / all;
  return { value: 0, low: mean('low'), high: mean('high') };
}

/** Runs with and without, over all strata. */
export function sums(strata: readonly Stratum[]): [Assessed, Assessed] {
  const total = (side: (stratum: Stratum) => Assessed): Assessed => ({
    succeeded: strata.reduce((sum, stratum) => sum + side(stratum).succeeded, 0),
    resisted: strata.reduce((sum, stratum) => sum + side(stratum).resisted, 0),
  });
  return [total((stratum) => stratum.with), total((stratum) => stratum.baseline)];
}

/**
 * Exact two-sided p of "no difference in any stratum", given the margins of each: the sum of the probabilities of all numbers
 * of successes that are no more likely than the one seen. One independent stratum: Fisher's test; one stratum of pairs:
 * McNemar's exact test; several: the exact form of Mantel and Haenszel's.
 */
export function exactP(strata: readonly Stratum[]): number {
  let spread: Spread = { from: 0, chances: [1] };
  let seen = 0;
  for (const { with: one, baseline, pairs } of strata) {
    const own =
      pairs === null
        ? hypergeometric(sizeOf(one), sizeOf(baseline), one.succeeded + baseline.succeeded)
        : halves(pairs.only_with + pairs.only_baseline);
    seen += pairs === null ? one.succeeded : pairs.only_with;
    spread = summed(spread, own);
  }
  // Equal chances differ in their last digits when they were multiplied in another order.
  const limit = (spread.chances[seen - spread.from] ?? 0) * (1 + 1e-7);
  return Math.min(
    1,
    spread.chances.reduce((sum, chance) => (chance <= limit ? sum + chance : sum), 0),
  );
}

/** Chances of the numbers from `from` on. */
interface Spread {
  readonly from: number;
  readonly chances: readonly number[];
}

/** How many of n runs succeeded, when `successes` of these and m others did. */
function hypergeometric(n: number, m: number, successes: number): Spread {
  const from = Math.max(0, successes - m);
  const all = logChoose(n + m, successes);
  const chances = Array.from({ length: Math.min(n, successes) - from + 1 }, (_, index) =>
    Math.exp(logChoose(n, from + index) + logChoose(m, successes - from - index) - all),
  );
  return { from, chances };
}

/** Heads of n coins. */
const halves = (n: number): Spread => ({
  from: 0,
  chances: Array.from({ length: n + 1 }, (_, k) => Math.exp(logChoose(n, k) - n * Math.LN2)),
});

/** Of the sum of two independent numbers. What is less likely than this is left off at both ends, or many strata would take long. */
const negligible = 1e-30;
function summed(one: Spread, other: Spread): Spread {
  const chances = new Array<number>(one.chances.length + other.chances.length - 1).fill(0);
  one.chances.forEach((a, i) => {
    other.chances.forEach((b, j) => {
      chances[i + j] = (chances[i + j] ?? 0) + a * b;
    });
  });
  const first = chances.findIndex((chance) => chance > negligible);
  const last = chances.findLastIndex((chance) => chance > negligible);
  return { from: one.from + other.from + first, chances: chances.slice(first, last + 1) };
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

const logFactorials = [0];
function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next++)
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  return logFactorials[n] ?? 0;
}
