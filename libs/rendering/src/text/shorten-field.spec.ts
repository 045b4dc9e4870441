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

  it.each([1, 79, 80, 81, 91, 119, 120, 121, 159, 160, 161, 200, 400, 1000])(
    'leaves out a true number of characters and doubles none, at a limit of %d',
    (longest) => {
      for (const length of [longest, longest + 1, longest + 11, longest + 60, 3 * longest + 500]) {
        const text = Array.from({ length }, (_, i) => String.fromCodePoint(0x4e00 + (i % 20_000))).join('');
        const [, head, count, , tail = ''] =
          /^(.*?) \[… ([\d,]+) (characters?) left out …\](?: (.*))?$/u.exec(shortenName(text, longest)) ?? [];
        if (head === undefined) expect(shortenName(text, longest)).toBe(text);
        else {
          const omitted = Number(count?.replaceAll(',', ''));
          expect(omitted).toBeGreaterThan(0);
          expect(head + text.slice(head.length, head.length + omitted) + tail).toBe(text);
        }
      }
    },
  );
});
