import {
  commonDifference,
  exactP,
  holmAdjusted,
  independentInterval,
  kappaOf,
  pairedInterval,
  riskValue,
  wilsonInterval,
} from './arithmetic.ts';

const rounded = (values: readonly number[], digits = 4): readonly number[] =>
  values.map((value) => Number(value.toFixed(digits)));

/** Each against an example that its author printed, or a number that can be counted by hand. */
describe('the arithmetic of the audit', () => {
  it('gives the intervals of Wilson', () => {
    const { low, high } = wilsonInterval(81, 263);
    expect(rounded([low, high])).toEqual([0.2553, 0.3662]);
    expect(wilsonInterval(0, 20).low).toBe(0);
    expect(rounded([wilsonInterval(0, 20).high], 3)).toEqual([0.161]);
  });

  it('gives the difference of Newcombe for independent proportions', () => {
    const { low, high } = independentInterval([56, 70], [48, 80]);
    expect(rounded([low, high])).toEqual([0.0524, 0.3339]);
  });

  it('gives the difference of Newcombe for pairs', () => {
    const { low, high } = pairedInterval({ both: 36, only_with: 12, only_baseline: 2, neither: 0 });
    expect(rounded([low, high])).toEqual([0.0569, 0.3404]);
  });

  it('gives the exact tests of Fisher and McNemar', () => {
    // A lady tasting tea: 3 of 4 cups right, two-sided.
    expect(exactP([{ with: [3, 4], baseline: [1, 4], pairs: null }])).toBeCloseTo(34 / 70, 10);
    const pairs = { both: 0, only_with: 5, only_baseline: 0, neither: 3 };
    expect(exactP([{ with: [5, 8], baseline: [0, 8], pairs }])).toBeCloseTo(2 / 32, 10);
  });

  it('gives one stratum the difference of its rates', () => {
    const one = commonDifference([{ with: [15, 30], baseline: [5, 30], pairs: null }]);
    expect(one.value).toBeCloseTo(1 / 3, 12);
    expect(one.low).toBeGreaterThan(0);
    expect(one.high).toBeLessThan(0.6);
  });

  it('corrects by Holm, and keeps the order given', () => {
    expect(rounded(holmAdjusted([0.04, 0.01, 0.03, 0.005]))).toEqual([0.06, 0.03, 0.06, 0.02]);
    expect(rounded(holmAdjusted([0.02, 0.02, 0.02]))).toEqual([0.06, 0.06, 0.06]);
  });

  it('gives the kappa of Cohen', () => {
    const { kappa } = kappaOf({ both: 20, only_with: 5, only_baseline: 10, neither: 15 });
    expect(kappa).toBeCloseTo(0.4, 12);
    expect(kappaOf({ both: 7, only_with: 0, only_baseline: 0, neither: 0 })).toEqual({ kappa: null, interval: null });
  });

  it('gives the risk of the convention', () => {
    expect([riskValue('critical', 0.192), riskValue('high', 0.4), riskValue(null, 0), riskValue('info', 0)]).toEqual([
      6.8, 6.1, 0, 0.6,
    ]);
  });
});
