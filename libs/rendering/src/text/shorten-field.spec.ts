import { shortenField, shortenName } from './shorten-field.ts';

describe('long fields', () => {
  it('prints 20,000 characters whole', () => {
    expect(shortenField('x'.repeat(20_000)).cut).toBeNull();
  });

  it('prints head and tail of a longer one and counts exactly what lies between', () => {
    const text = 'a'.repeat(14_000) + 'b'.repeat(981_000) + 'c'.repeat(5_000);
    const { head, cut } = shortenField(text);
    expect(cut).toEqual({ omitted: 981_000, tail: 'c'.repeat(5_000) });
    expect(head.length + (cut?.omitted ?? 0) + (cut?.tail.length ?? 0)).toBe(text.length);
  });

  it('never cuts a character in two', () => {
    const { head, cut } = shortenField('😀'.repeat(20_001));
    expect(`${head}${cut?.tail ?? ''}`).not.toMatch(/\p{Cs}/u);
  });

  it('says how much of a name is left out', () => {
    expect(shortenName('n'.repeat(1000), 400)).toContain('[… 640 characters left out …]');
  });
});
