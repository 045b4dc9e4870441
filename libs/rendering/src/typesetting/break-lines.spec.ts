import fc from 'fast-check';
import { breakLines } from './break-lines.ts';
import type { PassageStyle } from './styled-text.ts';

const style: PassageStyle = { family: 'Cousine', size: 8, bold: false, colour: '#000000' };
const textOf = (lines: ReturnType<typeof breakLines>): string =>
  lines.flatMap((line) => line.runs.map((run) => run.text)).join('');
const wrap = (text: string, width: number): ReturnType<typeof breakLines> =>
  breakLines([{ kind: 'text', text, style }], width);

describe('line breaking', () => {
  it('keeps every printable character in order, whatever the width', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 20, max: 400 }), (text, width) => {
        expect(textOf(wrap(text, width))).toBe(text);
      }),
    );
  });

  it('makes no line wider than asked, beside one character that is itself wider', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 20, max: 400 }), (text, width) => {
        for (const line of wrap(text, width)) expect(line.width).toBeLessThanOrEqual(width + 0.02);
      }),
    );
  });

  it('breaks at a space before it breaks a word', () => {
    expect(wrap('alpha beta gamma', 60).map((line) => textOf([line]))).toEqual(['alpha beta ', 'gamma']);
  });

  it('breaks a name behind an underscore before it breaks it anywhere', () => {
    expect(wrap('low_resource_translation', 80).map((line) => textOf([line]))).toEqual([
      'low_resource_',
      'translation',
    ]);
  });

  it.each([
    ['SPOIntentUserAugmented', 50, ['SPOIntent', 'User', 'Augmented']],
    ['SPOIntentUserAugmented', 70, ['SPOIntentUser', 'Augmented']],
    ['encoding.InjectBase64', 70, ['encoding.', 'InjectBase64']],
    ['encoding.InjectBase64', 45, ['encoding.', 'Inject', 'Base64']],
    ['x.SPOIntentUser', 55, ['x.SPOIntent', 'User']],
    ['HTTPServer2Client', 45, ['HTTP', 'Server2', 'Client']],
  ])('breaks %s between its words, %d points wide', (name, width, expected) => {
    expect(wrap(name, width).map((line) => textOf([line]))).toEqual(expected);
  });

  it('fills the lines of encoded text, whose capitals part nothing', () => {
    const lines = wrap('aB'.repeat(200), 240).map((line) => textOf([line]).length);
    expect(new Set(lines.slice(0, -1)).size).toBe(1);
  });

  it('breaks between ideographs, but never before a full stop', () => {
    const lines = wrap('請用員工手冊嘅格式。', 72).map((line) => textOf([line]));
    expect(lines.join('')).toBe('請用員工手冊嘅格式。');
    for (const line of lines) expect(line).not.toMatch(/^。/);
  });

  it('breaks a text that one face draws letter by letter as it breaks any other', () => {
    const look = fc.record<PassageStyle>({
      family: fc.constantFrom('Arimo', 'Tinos', 'Cousine'),
      size: fc.constantFrom(6, 9, 24),
      bold: fc.boolean(),
      colour: fc.constant('#000000'),
    });
    const sign = fc.constantFrom(...Array.from('AVATo, y-_/.|=?Ua3 \n\n  “é–…'));
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 120 }), fc.integer({ min: 1, max: 200 }), look, (signs, width, style) => {
        const passage = { kind: 'text', text: signs.join(''), style } as const;
        const nothing = { kind: 'text', text: '', style } as const;
        expect(breakLines([passage], width)).toEqual(breakLines([passage, nothing], width));
      }),
    );
  });

  it('breaks a million letters without a space in well under a second each hundred thousand', () => {
    const started = performance.now();
    const lines = wrap('A'.repeat(1_000_000), 400);
    expect(lines.length).toBeGreaterThan(10_000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
