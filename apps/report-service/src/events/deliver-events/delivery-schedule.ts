const minute = 60;
const hour = 60 * minute;

/** Seconds after each failed attempt, by Standard Webhooks 1.0: about three days and a half in all. */
const pauses = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];

/** Attempts of one delivery, whatever becomes of each: also those that nobody could note count. */
export const mostAttempts = pauses.length + 1;

/**
 * Seconds until the attempt after `attempts` failed ones; null when none is left. `random` (0 to 1) adds up to a tenth,
 * so that what failed together does not come back together.
 */
export function nextAttemptAfter(attempts: number, random: number): number | null {
  const pause = pauses[attempts - 1];
  return pause === undefined ? null : pause * (1 + random / 10);
}
