const longestRun = 12;
const shownBefore = 6;
const shownAfter = 3;

/** A long run of characters that do not print keeps its ends; what lies between is counted. */
export function shortenHiddenRun(codePoints: readonly number[]): {
  readonly head: readonly number[];
  readonly omitted: number;
  readonly tail: readonly number[];
} {
  if (codePoints.length <= longestRun) return { head: codePoints, omitted: 0, tail: [] };
  return {
    head: codePoints.slice(0, shownBefore),
    omitted: codePoints.length - shownBefore - shownAfter,
    tail: codePoints.slice(-shownAfter),
  };
}
