const days: Readonly<Record<string, number>> = { d: 1, w: 7, y: 365 };

/** When a key ends: `90d`, `2w`, `1y` from `now`, or a date-time, which the API's own rules check. */
export function endOf(text: string | undefined, now: Date): string | undefined {
  const [, count, unit] = /^(\d{1,4})([dwy])$/.exec(text ?? '') ?? [];
  if (count === undefined || unit === undefined) return text;
  return new Date(now.getTime() + Number(count) * (days[unit] ?? 1) * 86_400_000).toISOString();
}
