import { tellApart } from '../text/tell-apart.ts';

/** What runs without a transform are called beside those with one. */
export const asWritten = 'as written';

const keyOf = (transforms: readonly string[]): string => JSON.stringify(transforms);

/**
 * Lists of transforms as they are printed. "a + b" are two; a transform that is called "a + b" or "as written" itself, so that
 * two lists would print alike, stands in quotation marks.
 */
export class TransformNames {
  readonly #printed: ReadonlyMap<string, string>;

  constructor(lists: Iterable<readonly string[]>) {
    const distinct = new Map<string, readonly string[]>();
    for (const list of lists) distinct.set(keyOf(list), list);
    const names = tellApart([...distinct.values()].flat(), 120);
    const joined = (list: readonly string[], quote: (name: string) => string): string =>
      list.length === 0 ? asWritten : list.map((name) => quote(names.get(name) ?? name)).join(' + ');
    const plain = new Map<string, number>();
    for (const list of distinct.values()) {
      const text = joined(list, (name) => name);
      plain.set(text, (plain.get(text) ?? 0) + 1);
    }
    this.#printed = new Map(
      [...distinct].map(([key, list]) => {
        const text = joined(list, (name) => name);
        return [key, (plain.get(text) ?? 0) > 1 ? joined(list, (name) => `“${name}”`) : text];
      }),
    );
  }

  of(transforms: readonly string[]): string {
    return this.#printed.get(keyOf(transforms)) ?? (transforms.length === 0 ? asWritten : transforms.join(' + '));
  }
}
