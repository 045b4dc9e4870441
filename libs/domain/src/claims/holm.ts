/** Error that all comparisons of one statement may share. */
export const alpha = 0.05;

/**
 * p-values adjusted by Holm's step-down method, in the order given: each may be compared with `alpha` by itself. With one
 * value it changes nothing.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let before = 0;
  order.forEach((index, rank) => {
    before = Math.min(1, Math.max(before, (pValues.length - rank) * (pValues[index] ?? 1)));
    adjusted[index] = before;
  });
  return adjusted;
}
