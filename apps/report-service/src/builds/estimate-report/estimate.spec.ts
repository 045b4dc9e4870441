import { estimateMs } from './estimate.ts';

describe('the time of a build', () => {
  it('is typical until three builds were measured', () => {
    expect(estimateMs(0, [{ findings: 0, ms: 9_000 }])).toEqual({ ms: 700, measured: false });
  });

  it('follows what past builds took, and one that was held up changes little', () => {
    const past = [1, 2, 3, 4].map(() => ({ findings: 100, ms: 2_600 }));
    expect(estimateMs(200, [...past, { findings: 100, ms: 500_000 }])).toEqual({ ms: 3_800, measured: true });
  });

  it('grows with the findings', () => {
    expect(estimateMs(1_000, []).ms).toBeGreaterThan(estimateMs(10, []).ms);
  });
});
