import { visibleText } from '../../text/visible-text.ts';

/** What spreadsheets take for the start of a formula, in full width too. */
const formulaSigns = '=+\\-@＝＋－＠';
// A semicolon parts cells where the reader's language writes numbers with a comma.
const formulaStart = new RegExp(`(^|;)(\\s*)(?=[${formulaSigns}])`, 'g');

/**
 * One cell of text on one line, safe to open in a spreadsheet: white space is one space, what does not print is an escape,
 * and an apostrophe stands before what would be read as a formula.
 */
export function csvText(text: string): string {
  const line = visibleText(text.replace(/[\s\uFEFF]+/g, ' ').trim());
  const safe = line.replace(formulaStart, "$1$2'");
  return /[",;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180: comma, CRLF. Numbers stand bare. */
export const csvRow = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => (cell === null ? '' : typeof cell === 'number' ? String(cell) : csvText(cell))).join(',')}\r\n`;
