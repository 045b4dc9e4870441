import fc from 'fast-check';
import { breakLines } from '../../typesetting/break-lines.ts';
import { typeScale } from '../../theme/type-scale.ts';
import { passages } from './passages.ts';
import { lineCache } from './line-cache.ts';

const scale = typeScale('Helvetica', 11);
const set = (...names: string[]): fc.Arbitrary<Record<string, true>> =>
  fc.subarray(names).map((chosen) => Object.fromEntries(chosen.map((name) => [name, true])));
/** Few texts and looks, so that the same come again, and again in another look. */
const span = fc
  .tuple(
    fc.constantFrom('', 'a', 'ab', '1|a', 'a b', 'é '),
    set('strong', 'mono', 'marked', 'struck'),
    fc.constantFrom(undefined, 'quiet', 'faint', 'accent'),
  )
  .map(([text, look, tone]) => ({ text, ...look, ...(tone === undefined ? {} : { tone }) }));

describe('lines that were broken lately', () => {
  it('are those that would be broken now, whatever came before', () => {
    const recent = lineCache(scale);
    fc.assert(
      fc.property(
        fc.array(span, { maxLength: 3 }),
        fc.constantFrom('table', 'text', 'mono'),
        fc.constantFrom(8, 40, Number.POSITIVE_INFINITY),
        fc.constantFrom(undefined, true, false),
        (inline, role, width, bold) => {
          expect(recent.get(inline, role, width, bold)).toEqual(breakLines(passages(inline, role, scale, bold), width));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('are kept while they come again, and let go when thousands of others came', () => {
    const recent = lineCache(typeScale('Helvetica', 11));
    const get = (text: string): unknown => recent.get([{ text }], 'table', 100, undefined);
    const first = get('often');
    for (let i = 0; i < 10_000; i++) {
      get(`seldom ${i}`);
      if (i % 1_000 === 0) expect(get('often')).toBe(first);
    }
    const seldom = get('seldom 1');
    for (let i = 0; i < 5_000; i++) get(`other ${i}`);
    expect(get('seldom 1')).not.toBe(seldom);
  });
});
