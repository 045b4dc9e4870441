import { holm } from './holm.ts';

describe('Holm', () => {
  // The example in Holm 1979 has no numbers; these are p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") of R by hand:
  // 4 ⋅ 0.005, 3 ⋅ 0.01, 2 ⋅ 0.03, and 0.04 raised to what came before it.
  it('multiplies the smallest by their number and never falls', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => p.toFixed(4))).toEqual(['0.0300', '0.0600', '0.0600', '0.0200']);
  });

  it('leaves a single comparison as it is', () => {
    expect(holm([0.027])).toEqual([0.027]);
  });

  it('takes 0.027 twenty times to 0.54', () => {
    expect(holm(new Array<number>(20).fill(0.027)).every((p) => Math.abs(p - 0.54) < 1e-12)).toBe(true);
  });

  it('goes no higher than 1 and has nothing to say of nothing', () => {
    expect([holm([0.7, 0.9]), holm([])]).toEqual([[1, 1], []]);
  });
});
