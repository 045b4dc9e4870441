import { shorten } from './shorten.ts';

const anything = (): boolean => true;
const rows = (count: number): object[] => Array.from({ length: count }, (_none, index) => ({ index }));

describe('shortening an example', () => {
  it('cuts lists of objects to two, lists of words to eight, texts to 400 characters, at any depth', () => {
    const value = { one: { rows: rows(5), words: 'abcdefghijk'.split(''), text: 'x'.repeat(500) } };

    expect(shorten(value, anything)).toEqual({
      one: { rows: rows(2), words: 'abcdefgh'.split(''), text: `${'x'.repeat(399)}…` },
    });
  });

  it('cuts a map of like entries, not an object of unlike ones', () => {
    const like = { a: { n: 1 }, b: { n: 2 }, c: { n: 3 } };
    const unlike = { a: { n: 1 }, b: { m: 2 }, c: 3 };

    expect(shorten({ like, unlike }, anything)).toEqual({ like: { a: { n: 1 }, b: { n: 2 } }, unlike });
  });

  it('leaves what would be invalid when cut, and cuts what is in it', () => {
    const value = [rows(3), rows(3), rows(3)];

    expect(shorten(value, (whole) => (whole as unknown[]).length === 3)).toEqual([rows(2), rows(2), rows(2)]);
  });

  it('changes nothing of the original', () => {
    const value = { rows: rows(3) };
    shorten(value, anything);

    expect(value.rows).toHaveLength(3);
  });
});
