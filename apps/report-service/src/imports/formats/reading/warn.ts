import type { ReadTally } from '../staged-record.ts';

const distinctWarnings = 100;

/** Counts a warning. Texts beyond the hundredth distinct one are counted together, so that a hostile file stays small. */
export function warn(tally: ReadTally, text: string, times = 1): void {
  const { warnings } = tally;
  const known = warnings.has(text) || warnings.size < distinctWarnings - 1;
  const key = known ? text : 'further warnings, not listed one by one';
  warnings.set(key, (warnings.get(key) ?? 0) + times);
}

/** A piece of the input for a message: short, on one line, and without characters that break a log or a page. */
export function excerpt(text: string, length = 60): string {
  const printable = text.slice(0, length * 2).replace(/[\p{C}\s]+/gu, ' ');
  return printable.length > length || text.length > length * 2 ? `${printable.slice(0, length)}…` : printable;
}
