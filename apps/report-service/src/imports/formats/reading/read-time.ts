import { excerpt, warn } from './warn.ts';
import type { ReadTally } from '../staged-record.ts';

const isoTime = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** An ISO 8601 time with its zone; a time without one is read as UTC and flagged, anything else is left out and flagged. */
export function readTime(value: unknown, tally: ReadTally): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const time = typeof value === 'string' ? zonedTime(value) : undefined;
  if (time === undefined) {
    warn(tally, `time not understood, left out: ${excerpt(JSON.stringify(value), 40)}`);
    return undefined;
  }
  if (!time.zoned) warn(tally, 'time without a zone read as UTC');
  return time.iso;
}

/** No tool of ours ran before 2000; what lies beyond 2100 is in another unit than seconds. */
const epochSeconds = { from: 946_684_800, to: 4_102_444_800 };

/** A time in seconds since 1970, else as `readTime` reads it; zero and other nonsense is left out and flagged. */
export function readEpochTime(value: unknown, tally: ReadTally): string | undefined {
  const inReach = typeof value === 'number' && value >= epochSeconds.from && value < epochSeconds.to;
  return inReach ? new Date(Math.floor(value) * 1000).toISOString() : readTime(value, tally);
}

export function zonedTime(text: string): { readonly iso: string; readonly zoned: boolean } | undefined {
  const [, date, clock, zone] = isoTime.exec(text.trim()) ?? [];
  if (date === undefined) return undefined;
  const iso = `${date}T${(clock ?? '00:00:00').replace(',', '.')}${(zone ?? 'Z').toUpperCase()}`;
  const offset = /([+-]\d{2}):?(\d{2})?$/.exec(iso.slice(11));
  const parseable = offset === null ? iso : `${iso.slice(0, 11 + offset.index)}${offset[1] ?? ''}:${offset[2] ?? '00'}`;
  const at = Date.parse(parseable);
  // The widest zone there is; PostgreSQL refuses offsets that Date.parse lets through.
  if (offset !== null && Math.abs(Number(offset[1])) > 14) return undefined;
  if (Number.isNaN(at) || at < 0) return undefined;
  // Date.parse rolls 31 February over; a date that does not exist is not understood.
  if (Number(date.slice(8)) > new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate())
    return undefined;
  return { iso: parseable, zoned: zone !== undefined };
}
