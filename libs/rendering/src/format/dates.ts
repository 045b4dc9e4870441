const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

interface Day {
  readonly day: number;
  readonly month: string;
  readonly year: number;
  readonly time: string;
}

function parse(iso: string): Day | null {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    day: at.getUTCDate(),
    month: months[at.getUTCMonth()] ?? '',
    year: at.getUTCFullYear(),
    time: `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`,
  };
}

/** `2 March 2026`; a text that is no date is printed as it came. */
export function day(iso: string): string {
  const at = parse(iso);
  return at ? `${at.day} ${at.month} ${at.year}` : iso;
}

/** `16 March 2026, 09:12 UTC`. */
export function moment(iso: string): string {
  const at = parse(iso);
  return at ? `${at.day} ${at.month} ${at.year}, ${at.time} UTC` : iso;
}

/** `2 to 13 March 2026`, `28 February to 2 March 2026`, `2 March 2026`. */
export function dayRange(first: string, last: string): string {
  const from = parse(first);
  const to = parse(last);
  if (!from || !to || day(first) === day(last)) return day(first);
  if (from.year !== to.year) return `${day(first)} to ${day(last)}`;
  if (from.month !== to.month) return `${from.day} ${from.month} to ${day(last)}`;
  return `${from.day} to ${day(last)}`;
}
