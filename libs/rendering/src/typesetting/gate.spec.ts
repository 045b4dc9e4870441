import fc from 'fast-check';
import { hostileStrings, smuggled } from '#testing';
import { face } from '../fonts/faces.ts';
import { gate } from './gate.ts';
import { characterKind, escapeOf } from '../text/hidden-characters.ts';
import { charactersOf } from '../text/characters-of.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

/** The input as far as the pieces tell it: what a reader of the page could put together again. */
const restored = (text: string): string =>
  gate(text, 'Cousine', false)
    .map((piece) =>
      piece.kind === 'text'
        ? piece.text
        : piece.kind === 'shaped'
          ? piece.word.text
          : piece.kind === 'escape'
            ? String.fromCodePoint(piece.codePoint)
            : `<${piece.count}>`,
    )
    .join('');

describe('text gate', () => {
  it('loses no character of any text: each one is printed, escaped or counted', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const counted = gate(text, 'Arimo', false).reduce(
          (sum, piece) =>
            sum +
            (piece.kind === 'text'
              ? charactersOf(piece.text).length
              : piece.kind === 'shaped'
                ? charactersOf(piece.word.text).length
                : piece.kind === 'escape'
                  ? 1
                  : piece.count),
          0,
        );
        expect(counted).toBe(charactersOf(text).length);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every text without a long hidden run exactly, without normalising it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(gate(text, 'Cousine', false).every((piece) => piece.kind !== 'omitted'));
        expect(restored(text)).toBe(text);
      }),
      { numRuns: 500 },
    );
    expect(restored('e\u0301 \u00e9 \u212b')).toBe('e\u0301 \u00e9 \u212b');
  });

  it('prints no control, format, surrogate, private or unassigned character as it stands', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const piece of gate(text, 'Tinos', true)) {
          if (piece.kind === 'text') expect(piece.text).not.toMatch(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]|(?![\n\t])\p{Cc}/u);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives each run a face that draws and reads back every character in it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const piece of gate(text, 'Arimo', false)) {
          if (piece.kind !== 'text') continue;
          for (const character of piece.text.replace(/[\n\t\u00A0]/g, '')) {
            expect(face(piece.face).covers(character.codePointAt(0) ?? 0)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('prints the spoofing string as itself, never as the Latin text that its bytes spell', () => {
    expect(restored('十䙅ⵖ䕒䑉䍔')).toBe('十䙅ⵖ䕒䑉䍔');
    const printed = gate('十䙅ⵖ䕒䑉䍔', 'Arimo', false)
      .map((piece) => (piece.kind === 'text' ? piece.text : ''))
      .join('');
    expect(printed).not.toMatch(/[A-Z]/);
  });

  it('sets a typed escape in letters, apart from its own', () => {
    expect(gate('\\u{E0041}', 'Cousine', false)).toEqual([{ kind: 'text', text: '\\u{E0041}', face: 'Cousine' }]);
    expect(gate('\u{E0041}', 'Cousine', false)).toEqual([{ kind: 'escape', text: '\\u{E0041}', codePoint: 0xe0041 }]);
  });

  it('shows twelve hidden characters one by one, and of thirteen six, the count and three', () => {
    expect(gate(smuggled('abcdefghijkl'), 'Cousine', false)).toHaveLength(12);
    const pieces = gate(smuggled('abcdefghijklm'), 'Cousine', false);
    expect(pieces.map((piece) => piece.kind)).toEqual([
      ...Array<string>(6).fill('escape'),
      'omitted',
      ...Array<string>(3).fill('escape'),
    ]);
    expect(pieces[6]).toEqual({ kind: 'omitted', count: 4, of: 'invisible characters' });
  });

  it.each([
    ['a bidi override', '\u202E'],
    ['a zero-width space', '\u200B'],
    ['a byte order mark', '\uFEFF'],
    ['a carriage return', '\r'],
    ['a terminal escape', '\u001B'],
    ['NUL', '\0'],
    ['a lone high surrogate', '\uD800'],
    ['a lone low surrogate', '\uDFFF'],
    ['a variation selector', '\uFE0F'],
    ['a line separator', '\u2028'],
    ['an invisible filler', '\u3164'],
    ['a Tibetan letter', '\u0F56'],
    ['an Ethiopic letter', '\u1230'],
    ['a Tamil letter', '\u0B95'],
    ['a letter of the N\u2019Ko, which runs to the left', '\u07CA'],
    ['a Kangxi radical that looks like an ideograph', '\u2F42'],
  ])('prints %s as its code point', (_, character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    const pieces = gate(character, 'Cousine', false);
    const drawnApart =
      pieces[0]?.kind === 'text' && characterKind(character, codePoint) === 'plain' && pieces[0].face !== 'NotoSansSC';
    expect(drawnApart || pieces[0]?.kind === 'escape').toBe(true);
    if (pieces[0]?.kind === 'escape') expect(pieces[0].text).toBe(escapeOf(codePoint));
  });

  it.each([
    ['Polish', 'Zażółć gęślą jaźń', 'Arimo'],
    ['Cyrillic', 'Съешь', 'Tinos'],
    ['Greek', 'Ξεσκεπάζω', 'Cousine'],
    ['Chinese', '員工折扣碼文月日', 'NotoSansSC'],
    ['emoji', '🦊', 'NotoEmoji'],
  ])('draws %s whole', (_, text, name) => {
    const pieces = gate(text, name === 'Tinos' ? 'Tinos' : name === 'Cousine' ? 'Cousine' : 'Arimo', false);
    expect(pieces).toEqual([{ kind: 'text', text, face: name }]);
  });

  it.each([
    ['Arabic', '\u0639\u0631\u0628\u064A'],
    ['Hebrew', '\u05E2\u05D1\u05E8\u05D9\u05EA'],
    ['Devanagari', '\u0939\u093F\u0928\u094D\u0926\u0940'],
    ['Thai', '\u0E44\u0E17\u0E22'],
  ])('draws a word in %s by the glyphs of its script', (_, word) => {
    const pieces = gate(word, 'Cousine', false);
    expect(pieces.map((piece) => (piece.kind === 'shaped' ? piece.word.text : piece.kind))).toEqual([word]);
  });

  it('takes every hostile string apart without an error', () => {
    for (const text of hostileStrings) expect(() => gate(text, 'Cousine', false)).not.toThrow();
  });

  it('counts line ends that would fill pages with nothing', () => {
    expect(gate(`a${'\n'.repeat(2_000)}b`, 'Cousine', false)).toEqual([
      { kind: 'text', text: 'a\n\n', face: 'Cousine' },
      { kind: 'omitted', count: 1_996, of: 'line ends' },
      { kind: 'text', text: '\n\nb', face: 'Cousine' },
    ]);
    expect(gate('a\n\n\n\nb', 'Cousine', false)).toEqual([{ kind: 'text', text: 'a\n\n\n\nb', face: 'Cousine' }]);
  });

  it('shows a mark that stands twice over a letter, and towers of them, as code points', () => {
    const drawn = (text: string): string =>
      gate(text, 'Cousine', false)
        .map((piece) => (piece.kind === 'text' || piece.kind === 'escape' ? piece.text : ''))
        .join('');
    expect(drawn('e\u0301\u0301x')).toBe('e\u0301\\u{301}x');
    expect(drawn('e\u0301\u0308\u0301')).toBe('e\u0301\u0308\u0301');
    expect(drawn('a\u0300\u0301\u0302\u0303\u0304\u0306\u0307z')).toContain('\\u{307}z');
  });
});
