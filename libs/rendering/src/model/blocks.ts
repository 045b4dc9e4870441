import { fewRuns, type Rate } from '#domain';
import { countInWords, intervalValue, percentValue } from '../format/numbers.ts';
import type { Block, Inline, ProseRole, TableCell, TableRow } from './report-content.ts';

export const prose = (role: ProseRole, text: string | Inline): Block => ({
  kind: 'prose',
  role,
  inline: typeof text === 'string' ? [{ text }] : text,
});

export const cell = (text: string): TableCell => ({ lines: [[{ text }]] });
export const quietCell = (text: string): TableCell => ({ lines: [[{ text, tone: 'quiet' }]] });

/** A rate in percent; what has none says so and is never 0. */
export const rateCell = (rate: Rate | null, reason = 'n/a'): TableCell =>
  rate === null ? quietCell(reason) : cell(percentValue(rate.value));
export const intervalCell = (rate: Rate | null): TableCell =>
  rate === null ? quietCell('n/a') : cell(intervalValue(rate));

/** Stands for the rows that a table of targets leaves out, two or more. */
export const moreTargetsRow = (count: number, columns: number): TableRow => ({
  cells: [quietCell(`and ${countInWords(count)} more targets`), ...Array.from({ length: columns - 1 }, () => cell(''))],
});

/** Marks a rate of few runs; the note below the table explains the sign. */
export const fewSign = (rate: Rate | null): string => (rate !== null && rate.assessed < fewRuns ? '*' : '');
/** Stands behind a score that we made of the source's own number or label. */
export const convertedSign = '†';
export const convertedNote = '† Converted by us from the source’s own score or label.';
export const fewNote = `* Fewer than ${fewRuns} assessed runs: the rate is uncertain, read the interval.`;

export const notes = (lines: readonly (string | null | false)[]): Block[] => {
  const said = lines.filter((line): line is string => typeof line === 'string' && line !== '');
  return said.map((line) => prose('small', line));
};
