import fc from 'fast-check';
import { inNaturalOrder } from './natural-order.ts';

describe('the natural order of names', () => {
  it('counts numbers as numbers', () => {
    const names = ['goal 10', 'goal 2', 'goal 1', 'goal 0', 'goal 1b'];
    expect(names.sort(inNaturalOrder)).toEqual(['goal 0', 'goal 1', 'goal 1b', 'goal 2', 'goal 10']);
  });

  it('is total: names that a reader takes for the same are in one order, however they come', () => {
    const names = fc.array(fc.string({ unit: fc.constantFrom('a', 'A', 'á', '0', '1', '\u200B', ' ') }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(names, (some) => {
        const distinct = [...new Set(some)];
        expect([...distinct].reverse().sort(inNaturalOrder)).toEqual([...distinct].sort(inNaturalOrder));
        for (const one of distinct)
          for (const other of distinct) expect(inNaturalOrder(one, other) === 0).toBe(one === other);
      }),
    );
  });
});
