import { agreement } from './agreement.ts';

const judges = { primary: 'ModelAsJudge', other: 'Refusal' };
const of = (both: number, only_primary: number, only_other: number, neither: number): ReturnType<typeof agreement> =>
  agreement({ both, only_primary, only_other, neither }, judges);

describe('agreement of two judges', () => {
  // Standard errors by the delta method with a numerical gradient over the four shares, in Python: no closed form went in.
  it.each([
    [[20, 5, 10, 15], 0.4, 0.1511, 0.6489],
    [[45, 15, 25, 15], 0.1304, -0.0629, 0.3238],
    [[25, 35, 5, 35], 0.2593, 0.108, 0.4105],
    [[118, 5, 2, 0], -0.0234, -0.0475, 0.0007],
  ] as const)('of %j is κ %d, %d to %d', ([a, b, c, d], kappa, low, high) => {
    const claim = of(a, b, c, d);
    expect(claim.kappa).toBeCloseTo(kappa, 4);
    expect([claim.interval?.low.toFixed(4), claim.interval?.high.toFixed(4)]).toEqual([
      low.toFixed(4),
      high.toFixed(4),
    ]);
  });

  it('gives the rate by each and on how many runs they differ', () => {
    expect(of(7, 0, 6, 10)).toMatchObject({
      primary: 'ModelAsJudge',
      other: 'Refusal',
      runs: 23,
      differing: 6,
      by_primary: { succeeded: 7, assessed: 23 },
      by_other: { succeeded: 13, assessed: 23 },
      kappa: expect.closeTo(0.5036, 4) as number,
    });
  });

  it('has no κ where both gave one verdict to all, or judged nothing together', () => {
    expect([of(9, 0, 0, 0).kappa, of(0, 0, 0, 9).kappa, of(0, 0, 0, 0).kappa]).toEqual([null, null, null]);
    expect(of(0, 0, 0, 0)).toMatchObject({ by_primary: null, by_other: null });
  });

  it('has no interval where they never or always differ: it would be a point', () => {
    expect(of(5, 0, 0, 5)).toMatchObject({ kappa: 1, interval: null });
    expect(of(0, 5, 5, 0)).toMatchObject({ kappa: -1, interval: null });
    // What rounding leaves of no variance is none.
    expect(of(5, 1, 0, 0).interval).toBeNull();
  });

  it('is 0 where one of them gives one verdict to all', () => {
    expect(of(0, 2, 0, 0)).toMatchObject({ kappa: 0, by_primary: { value: 1 }, by_other: { value: 0 } });
  });
});
