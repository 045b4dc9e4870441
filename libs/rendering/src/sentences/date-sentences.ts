import type { AssessmentRow } from '#domain';
import { day, dayRange } from '../format/dates.ts';
import { formatCount } from '../format/numbers.ts';

type Dated = Pick<AssessmentRow, 'started_at' | 'completed_at'>;

const isReversed = (row: Dated): boolean =>
  row.started_at !== null && row.completed_at !== null && Date.parse(row.completed_at) < Date.parse(row.started_at);

/** When one assessment ran, as far as its source says; an end before the start is said, not mended. */
export function assessmentDates(row: Dated): string {
  const { started_at: start, completed_at: end } = row;
  if (start === null) return end === null ? 'undated' : `ended ${day(end)}, no start given`;
  if (end === null) return `started ${day(start)}, no end given`;
  if (isReversed(row)) return `started ${day(start)}; the source gives an end before that, ${day(end)}`;
  return dayRange(start, end);
}

/** From the first to the last date of all assessments, and how many have none; null where none has one. */
export function testsRun(rows: readonly Dated[]): { readonly range: string; readonly note: string } | null {
  const all = rows
    .flatMap((row) => [row.started_at, row.completed_at])
    .filter((at) => at !== null)
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined) return null;
  const undated = rows.filter((row) => row.started_at === null && row.completed_at === null).length;
  const reversed = rows.filter(isReversed).length;
  const of = `of ${formatCount(rows.length)} assessments`;
  const parts = [
    ...(undated > 0 ? [`${formatCount(undated)} ${of} undated`] : []),
    ...(reversed > 0 ? [`${formatCount(reversed)} ${of} with an end before its start`] : []),
  ];
  return { range: dayRange(first, last), note: parts.join(', ') };
}
