/**
 * The formulae of docs/metrics.md once more, in the form of their definitions: an interval is where a test stops rejecting,
 * found by halving, and a p-value is a sum over all tables. Slow, and nothing of it is shared with what it checks.
 */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const z = 1.959963984540054;

/** Where a value that grows from negative to positive between two places is 0. */
function rootBetween(from: number, to: number, grows: (x: number) => number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if (grows(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const known = new Map<string, Interval>();

/** Wilson (1927): all rates that a score test of k in n does not reject. */
export function wilsonInterval(k: number, n: number): Interval {
  const key = `${k}/${n}`;
  const found = known.get(key);
  if (found) return found;
  const p = k / n;
  const excess = (rate: number): number => (p - rate) ** 2 - (z * z * rate * (1 - rate)) / n;
  const interval = {
    low: k === 0 ? 0 : rootBetween(0, p, (rate) => -excess(rate)),
    high: k === n ? 1 : rootBetween(p, 1, excess),
  };
  known.set(key, interval);
  return interval;
}

/** Succeeded, of so many assessed. */
export type Share = readonly [k: number, n: number];

/** Newcombe (1998), independent proportions, method 10. */
export function independentInterval([x, n]: Share, [y, m]: Share): Interval {
  const [one, other] = [wilsonInterval(x, n), wilsonInterval(y, m)];
  const [p, q] = [x / n, y / m];
  return {
    low: p - q - Math.sqrt((p - one.low) ** 2 + (other.high - q) ** 2),
    high: p - q + Math.sqrt((one.high - p) ** 2 + (q - other.low) ** 2),
  };
}

export interface Pairs {
  readonly both: number;
  readonly only_with: number;
  readonly only_baseline: number;
  readonly neither: number;
}

/** Newcombe (1998), paired proportions, method 10: the two Wilson intervals with the correlation of the pairs. */
export function pairedInterval({ both: a, only_with: b, only_baseline: c, neither: d }: Pairs): Interval {
  const n = a + b + c + d;
  const [p, q] = [(a + b) / n, (a + c) / n];
  const [one, other] = [wilsonInterval(a + b, n), wilsonInterval(a + c, n)];
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  let numerator = a * d - b * c;
  if (numerator > n / 2) numerator -= n / 2;
  else if (numerator > 0) numerator = 0;
  const phi = margins === 0 ? 0 : numerator / Math.sqrt(margins);
  const joined = (s: number, t: number): number => Math.sqrt(Math.max(0, s * s - 2 * phi * s * t + t * t));
  return {
    low: p - q - joined(p - one.low, other.high - q),
    high: p - q + joined(one.high - p, q - other.low),
  };
}

export interface Stratum {
  readonly with: Share;
  readonly baseline: Share;
  readonly pairs: Pairs | null;
}

/** Strata that hold the same comparison: pairs are strata of two runs. */
function loosened({ with: one, baseline, pairs }: Stratum): readonly (readonly [Share, Share, number])[] {
  if (!pairs) return [[one, baseline, 1]];
  const of = (x: number, y: number, times: number): readonly [Share, Share, number] => [[x, 1], [y, 1], times];
  return [of(1, 1, pairs.both), of(1, 0, pairs.only_with), of(0, 1, pairs.only_baseline), of(0, 0, pairs.neither)];
}

/**
 * Mantel and Haenszel's common difference; its interval (Klingenberg 2014) holds every difference d with
 * (estimate − d)² ≤ z² · Sato's variance at d.
 */
export function commonDifference(strata: readonly Stratum[]): Interval & { readonly value: number } {
  const tables = strata.flatMap(loosened);
  const sum = (term: (x: number, n: number, y: number, m: number) => number): number =>
    tables.reduce((total, [[x, n], [y, m], times]) => total + times * term(x, n, y, m), 0);
  const weight = sum((_, n, __, m) => (n * m) / (n + m));
  const value = sum((x, n, y, m) => (x * m - y * n) / (n + m)) / weight;
  const p = sum((x, n, y, m) => (n * n * y - m * m * x + (n * m * (m - n)) / 2) / (n + m) ** 2);
  const q = sum((x, n, y, m) => (x * (m - y) + y * (n - x)) / (2 * (n + m)));
  if (q === 0 && value === 0) {
    const total = (side: 'with' | 'baseline', part: 0 | 1): number =>
      strata.reduce((all, one) => all + one[side][part], 0);
    const [k, n, l, m] = [total('with', 0), total('with', 1), total('baseline', 0), total('baseline', 1)];
    if (k + l === 0 || k + l === n + m) return { value, ...independentInterval([k, n], [l, m]) };
    const limits = strata.map((one) => ({
      times: 1 / (1 / one.with[1] + 1 / one.baseline[1]),
      interval: one.pairs ? pairedInterval(one.pairs) : independentInterval(one.with, one.baseline),
    }));
    const whole = limits.reduce((all, { times }) => all + times, 0);
    return {
      value,
      low: limits.reduce((all, { times, interval }) => all + times * interval.low, 0) / whole,
      high: limits.reduce((all, { times, interval }) => all + times * interval.high, 0) / whole,
    };
  }
  const excess = (d: number): number => (value - d) ** 2 * weight ** 2 - z * z * (d * p + q);
  return {
    value,
    low: Math.max(
      -1,
      rootBetween(-4, value, (d) => -excess(d)),
    ),
    high: Math.min(1, rootBetween(value, 4, excess)),
  };
}

/** Chances of 0, 1, 2 … successes. */
type Chances = readonly number[];

/** How many of n are among `drawn` of n + m, by the ratio of each chance to the one before. */
function drawnOf(n: number, m: number, drawn: number): Chances {
  const from = Math.max(0, drawn - m);
  const to = Math.min(n, drawn);
  const raw = new Array<number>(to + 1).fill(0);
  // From the middle outwards, or the first ones would be 0 for large numbers.
  const mode = Math.min(to, Math.max(from, Math.floor(((drawn + 1) * (n + 1)) / (n + m + 2))));
  raw[mode] = 1;
  for (let k = mode; k < to; k += 1)
    raw[k + 1] = ((raw[k] ?? 0) * (n - k) * (drawn - k)) / ((k + 1) * (m - drawn + k + 1));
  for (let k = mode; k > from; k -= 1)
    raw[k - 1] = ((raw[k] ?? 0) * k * (m - drawn + k)) / ((n - k + 1) * (drawn - k + 1));
  const all = raw.reduce((sum, one) => sum + one, 0);
  return raw.map((one) => one / all);
}

function heads(n: number): Chances {
  let chances = [1];
  for (let coin = 0; coin < n; coin += 1)
    chances = Array.from({ length: coin + 2 }, (_, k) => ((chances[k] ?? 0) + (chances[k - 1] ?? 0)) / 2);
  return chances;
}

/** Two-sided and exact: all outcomes that are no likelier than the one seen, given the margins of each stratum. */
export function exactP(strata: readonly Stratum[]): number {
  let chances: Chances = [1];
  let seen = 0;
  for (const {
    with: [x, n],
    baseline: [y, m],
    pairs,
  } of strata) {
    const own = pairs ? heads(pairs.only_with + pairs.only_baseline) : drawnOf(n, m, x + y);
    seen += pairs ? pairs.only_with : x;
    const sum = new Array<number>(chances.length + own.length - 1).fill(0);
    chances.forEach((a, i) => {
      own.forEach((b, j) => (sum[i + j] = (sum[i + j] ?? 0) + a * b));
    });
    chances = sum;
  }
  const limit = (chances[seen] ?? 0) * (1 + 1e-7);
  return Math.min(
    1,
    chances.filter((one) => one <= limit).reduce((sum, one) => sum + one, 0),
  );
}

/** Holm (1979): the k-th smallest of n is worth n − k + 1 of it, and never less than a smaller one. */
export const holmAdjusted = (values: readonly number[]): number[] =>
  values.map((value, index) => {
    const before = values
      .map((other, at) => ({ other, at }))
      .filter(({ other, at }) => other < value || (other === value && at <= index))
      .map(({ other }) => other)
      .sort((a, b) => a - b);
    return Math.min(1, Math.max(...before.map((other, rank) => (values.length - rank) * other)));
  });

/** Cohen's κ of two judges, and its interval by Fleiss, Cohen and Everitt (1969), cell by cell. */
export function kappaOf({ both, only_with: onlyOne, only_baseline: onlyOther, neither }: Pairs): {
  readonly kappa: number | null;
  readonly interval: Interval | null;
} {
  const n = both + onlyOne + onlyOther + neither;
  if (n === 0 || both === n || neither === n) return { kappa: null, interval: null };
  const cells = [
    [both / n, onlyOne / n],
    [onlyOther / n, neither / n],
  ] as const;
  const row = [cells[0][0] + cells[0][1], cells[1][0] + cells[1][1]] as const;
  const column = [cells[0][0] + cells[1][0], cells[0][1] + cells[1][1]] as const;
  const seen = cells[0][0] + cells[1][1];
  const chance = row[0] * column[0] + row[1] * column[1];
  const kappa = (seen - chance) / (1 - chance);
  let sum = 0;
  for (const i of [0, 1] as const)
    for (const j of [0, 1] as const)
      sum +=
        cells[i][j] *
        (i === j ? 1 - chance - (row[i] + column[i]) * (1 - seen) : (column[i] + row[j]) * (1 - seen)) ** 2;
  const middle = (seen * chance - 2 * chance + seen) ** 2;
  const variance = (sum - middle) / (n * (1 - chance) ** 4);
  if (variance < 1e-12) return { kappa, interval: null };
  const spread = z * Math.sqrt(variance);
  return { kappa, interval: { low: Math.max(-1, kappa - spread), high: Math.min(1, kappa + spread) } };
}

const riskBases: Readonly<Record<string, number>> = { critical: 10, high: 8, medium: 5, low: 3, info: 1 };

export const riskValue = (worst: string | null, rate: number | null): number =>
  worst === null ? 0 : Math.round((riskBases[worst] ?? NaN) * (0.6 + 0.4 * (rate ?? 0)) * 10) / 10;

export const riskBandOf = (value: number): string =>
  value >= 8 ? 'critical' : value >= 6 ? 'high' : value >= 3 ? 'moderate' : 'low';

export const near = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-7 * Math.max(1, Math.abs(other));
