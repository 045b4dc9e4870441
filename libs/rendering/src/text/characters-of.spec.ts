import fc from 'fast-check';
import { charactersOf, firstCharacters } from './characters-of.ts';

describe('the first characters of a text', () => {
  it('are code points, whole and in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, count) => {
        expect(firstCharacters(text, count)).toBe(charactersOf(text).slice(0, count).join(''));
      }),
    );
  });
});
