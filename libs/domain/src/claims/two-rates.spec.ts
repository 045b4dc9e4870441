import type { Difference } from '../metrics.ts';
import { commonDifference, exactP, independentDifference, pairedDifference, type Stratum } from './two-rates.ts';

const assessed = (succeeded: number, of: number): { succeeded: number; resisted: number } => ({
  succeeded,
  resisted: of - succeeded,
});
const independent = (k: number, n: number, l: number, m: number): Stratum => ({
  with: assessed(k, n),
  baseline: assessed(l, m),
  pairs: null,
});
const paired = (both: number, only_with: number, only_baseline: number, neither: number): Stratum => ({
  with: assessed(both + only_with, both + only_with + only_baseline + neither),
  baseline: assessed(both + only_baseline, both + only_with + only_baseline + neither),
  pairs: { both, only_with, only_baseline, neither },
});
const rounded = ({ value, low, high }: Difference): string[] => [value, low, high].map((one) => one.toFixed(4));

describe('difference of two independent rates', () => {
  it('is that of the example in Newcombe 1998: 56 of 70 against 48 of 80', () => {
    expect(rounded(independentDifference(assessed(56, 70), assessed(48, 80)))).toEqual(['0.2000', '0.0524', '0.3339']);
  });
});

describe('difference of two rates on the same goals', () => {
  // Bentur and others 2009, 21 children before and after a transplantation, as worked by Fagerland, Lydersen and Laake 2014:
  // difference -0.286, Newcombe's interval -0.507 to -0.026, exact p 0.070. Four digits: computed with SciPy 1.17.
  it('is that of a published example', () => {
    const airways = paired(1, 1, 7, 12);
    expect(airways.pairs && rounded(pairedDifference(airways.pairs))).toEqual(['-0.2857', '-0.5069', '-0.0256']);
    expect(exactP([airways])).toBeCloseTo(0.0703125, 12);
  });

  // The formula in Newcombe 1998 (paired), computed apart in Python.
  it.each([
    [
      [36, 12, 2, 0],
      ['0.2000', '0.0569', '0.3404'],
    ],
    [
      [20, 12, 2, 16],
      ['0.2000', '0.0562', '0.3292'],
    ],
    [
      [2, 18, 0, 3],
      ['0.7826', '0.5196', '0.8883'],
    ],
    [
      [43, 0, 1, 10],
      ['-0.0185', '-0.0842', '0.0436'],
    ],
  ] as const)('of %j is %j', ([both, only_with, only_baseline, neither], expected) => {
    expect(rounded(pairedDifference({ both, only_with, only_baseline, neither }))).toEqual(expected);
  });

  it('keeps an interval where every pair agrees or every pair differs', () => {
    const same = pairedDifference({ both: 54, only_with: 0, only_baseline: 0, neither: 0 });
    const apart = pairedDifference({ both: 0, only_with: 10, only_baseline: 0, neither: 0 });
    expect(rounded(same)).toEqual(['0.0000', '-0.0664', '0.0664']);
    expect(rounded(apart)).toEqual(['1.0000', '0.6075', '1.0000']);
  });
});

describe('common difference over strata', () => {
  // Both ends solve (d - t)² = z² (t ΣP + ΣQ) / W², found by bisection in Python.
  it('is the weighted mean of the differences, with the interval of Klingenberg 2014', () => {
    const strata = [independent(8, 10, 4, 10), independent(3, 20, 1, 25)];
    expect(rounded(commonDifference(strata))).toEqual(['0.2000', '0.0125', '0.3710']);
  });

  it('is not misled by an attack that was tried with the transform more often', () => {
    // 26 of 100 against 74 of 100 in the sums, but no difference in either attack.
    const difference = commonDifference([independent(18, 20, 72, 80), independent(8, 80, 2, 20)]);
    expect(rounded(difference)).toEqual(['0.0000', '-0.1193', '0.0905']);
  });

  it('does not shrink to a point where all succeeded with and none without', () => {
    // 1 - z² ⋅ 3 / 18 at the low end: the other root of the same equation.
    const difference = commonDifference([independent(3, 3, 0, 3), independent(3, 3, 0, 3)]);
    expect(rounded(difference)).toEqual(['1.0000', (1 - (3.841458820694124 * 1.5) / 9).toFixed(4), '1.0000']);
  });

  it('is that of the sums where nothing succeeded anywhere', () => {
    const strata = [independent(0, 10, 0, 10), independent(0, 10, 0, 10)];
    expect(commonDifference(strata)).toEqual(independentDifference(assessed(0, 20), assessed(0, 20)));
  });

  it('compares no attacks where each of them had one outcome', () => {
    // 100 of 101 against 1 of 101 in the sums, and not one run that differs from those beside it. By Wilson 100 of 100 is
    // 0.9630 to 1 and 1 of 1 is 0.2065 to 1, so each attack has 0 - 0.0370 and 0 + 0.7935.
    const difference = commonDifference([independent(100, 100, 1, 1), independent(0, 1, 0, 100)]);
    expect(difference.value).toBe(0);
    expect(difference.low).toBeLessThan(0);
    expect(difference.high).toBeGreaterThan(0);
    expect(rounded(difference)).toEqual(['0.0000', '-0.0370', '0.7935']);
  });

  it('takes each pair for a stratum of its own, beside strata without pairs', () => {
    const strata = [independent(6, 10, 2, 10), paired(2, 6, 1, 3)];
    expect(rounded(commonDifference(strata))).toEqual(['0.4091', '0.1049', '0.6418']);
    expect(exactP(strata)).toBeCloseTo(0.017801857585139, 10);
  });

  it('is narrower where the same goals succeed with and without', () => {
    // The margins of the pairs alone give +0.0164 to +0.5158.
    const strata = [independent(6, 10, 2, 10), paired(8, 4, 0, 6)];
    expect(rounded(commonDifference(strata))).toEqual(['0.2857', '0.0758', '0.4564']);
    expect(exactP(strata)).toBeCloseTo(0.0158222195760895, 10);
  });

  it('has the point estimate of the margins, pairs or not', () => {
    const pairs = paired(2, 6, 1, 3);
    const margins = { ...pairs, pairs: null };
    const other = independent(6, 10, 2, 10);
    expect(commonDifference([pairs, other]).value).toBeCloseTo(commonDifference([margins, other]).value, 12);
  });
});

describe('exact p', () => {
  // SciPy 1.17: stats.fisher_exact.
  it.each([
    [3, 11, 3, 47, 0.07546272969345941],
    [6, 10, 3, 30, 0.003313939846447586],
    [1, 1, 0, 1, 1],
    [60, 100, 30, 100, 3.304592989272319e-5],
    [0, 20, 0, 20, 1],
  ])('of %i of %i against %i of %i is that of Fisher', (k, n, l, m, p) => {
    expect(exactP([independent(k, n, l, m)])).toBeCloseTo(p, 10);
  });

  it('over strata is the sum over all tables with their margins', () => {
    const strata = [independent(8, 10, 4, 10), independent(3, 20, 1, 25)];
    expect(exactP(strata)).toBeCloseTo(enumerated(8, 10, 4, 10, 3, 20, 1, 25), 10);
    // The same by SciPy's hypergeometric distribution.
    expect(exactP(strata)).toBeCloseTo(0.041094540374546, 10);
  });

  it('of thousands of runs in dozens of attacks is found at once', () => {
    const strata = Array.from({ length: 60 }, (_, index) => independent(300 + index, 1000, 300, 1000));
    const before = process.cpuUsage().user;
    expect(exactP(strata)).toBeLessThan(1e-6);
    expect(process.cpuUsage().user - before).toBeLessThan(2_000_000);
  });
});

const choose = (n: number, k: number): number =>
  k < 0 || k > n ? 0 : Array.from({ length: k }).reduce<number>((product, _, i) => (product * (n - i)) / (i + 1), 1);

/** Two strata, every table with their margins one by one. */
function enumerated(
  ...[a, n, b, m, c, o, d, q]: [number, number, number, number, number, number, number, number]
): number {
  const chances = new Map<number, number>();
  for (let x = 0; x <= n; x++)
    for (let y = 0; y <= o; y++) {
      const chance =
        (choose(n, x) * choose(m, a + b - x) * choose(o, y) * choose(q, c + d - y)) /
        (choose(n + m, a + b) * choose(o + q, c + d));
      chances.set(x + y, (chances.get(x + y) ?? 0) + chance);
    }
  const seen = chances.get(a + c) ?? 0;
  return [...chances.values()].filter((chance) => chance <= seen * (1 + 1e-9)).reduce((sum, chance) => sum + chance, 0);
}
