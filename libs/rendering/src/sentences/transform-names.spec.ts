import { asWritten, TransformNames } from './transform-names.ts';

describe('lists of transforms in print', () => {
  const printed = (...lists: readonly (readonly string[])[]): string[] => {
    const names = new TransformNames(lists);
    return lists.map((list) => names.of(list));
  };

  it('join what was used together, in its order', () => {
    expect(printed([], ['base64'], ['base64', 'persona'], ['persona', 'base64'])).toEqual([
      asWritten,
      'base64',
      'base64 + persona',
      'persona + base64',
    ]);
  });

  it('tell one transform with a sign in its name from two', () => {
    expect(printed(['base64', 'persona'], ['base64 + persona'], ['rot13'])).toEqual([
      '“base64” + “persona”',
      '“base64 + persona”',
      'rot13',
    ]);
  });

  it('tell a transform that is called like the runs without one', () => {
    expect(printed([], [asWritten], ['baseline'])).toEqual([asWritten, `“${asWritten}”`, 'baseline']);
  });
});
