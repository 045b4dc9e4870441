import { defaultThreshold, partialFrom, severityBands } from '../metrics.ts';

/** Scores at which a severity or an outcome changes, unless a policy or a file says otherwise. */
export const scoreBorders: readonly number[] = [
  ...severityBands.flatMap(([, from]) => (from > 0 ? [from] : [])),
  partialFrom,
  defaultThreshold,
];

/** Digits after the point that keep a printed value on its side of every border, at least `least`. */
export function digitsBeside(value: number, borders: readonly number[], least = 2): number {
  for (let digits = least; digits < 17; digits++) {
    const printed = Number(value.toFixed(digits));
    if (borders.every((border) => Math.sign(printed - border) === Math.sign(value - border))) return digits;
  }
  return 17;
}
