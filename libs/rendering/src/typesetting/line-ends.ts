import { beginsWord } from '../text/name-words.ts';

/** A text measured for its own column must fit it: points that a line may be too wide by. */
export const tolerance = 0.01;

/** What has no space in a longer line is no name but encoded text, whose capitals part nothing. */
const longestName = 40;

/**
 * Where a name that fills its line from `start` to `full` ends it: at the last of its words, or behind a sign that stands as far
 * as the middle, so that `encoding.|InjectBase64` is not parted twice; where there is neither, between any two letters.
 */
export function endInName(start: number, full: number, sign: number, codeAt: (at: number) => number): number {
  if (full - start > longestName || 2 * (sign - start) >= full - start) return sign > start ? sign : full;
  for (let at = full; at > Math.max(start, sign); at--)
    if (beginsWord(codeAt(at - 1), codeAt(at), codeAt(at + 1))) return at;
  return sign > start ? sign : full;
}
