import { tellApart } from './tell-apart.ts';

describe('names of one list', () => {
  const printed = (names: readonly string[], longest?: number): string[] => {
    const told = tellApart(names, longest);
    return names.map((name) => told.get(name) ?? '');
  };

  it('stay as they are where each looks different', () => {
    const names = ['Order tea', 'order tea', 'Order coffee', 'Заказать чай', 'crescendo\u200B'];
    expect(printed(names)).toEqual(names);
  });

  it('show the spaces in which they differ', () => {
    expect(printed(['Order tea', 'Order tea ', 'Order  tea', ' Order tea', 'Order\u00A0tea'])).toEqual([
      'Order tea',
      'Order tea\\u{20}',
      'Order \\u{20}tea',
      '\\u{20}Order tea',
      'Order\\u{A0}tea',
    ]);
  });

  it('show letters of another script, and forms that look the same', () => {
    expect(printed(['crescendo', '\u0441rescendo', 'cre\uFF53cendo'])).toEqual([
      'crescendo',
      '\\u{441}rescendo',
      'cre\\u{FF53}cendo',
    ]);
    expect(printed(['caf\u00E9', 'cafe\u0301'])).toEqual(['caf\u00E9', 'cafe\\u{301}']);
  });

  it('are numbered where they differ in what is left out', () => {
    const long = (middle: string): string => `${'a'.repeat(200)}${middle}${'b'.repeat(200)}`;
    const [one, two] = printed([long('x'), long('y')], 200);
    expect(one).not.toBe(two);
    expect(two).toBe(`${one} (2)`);
  });
});
