import { type Rate, type RunCounts, wilson } from '../metrics.ts';
import { type ClaimAbout, type Of, countedRuns } from './population.ts';

/** From this share on a verdict says how many runs gave none, or one of a part of their trials. */
export const lostInVerdictFrom = 0.1;

/** How many runs could not be assessed or only in part, and what the rate would be if all of them had gone one way. */
export interface LostClaim extends Of<'lost'> {
  readonly lost: number;
  /** Runs that resisted in the trials that were assessed, and have others. */
  readonly in_part: number;
  readonly of: number;
  /** Of both together. */
  readonly share: number;
  /** All of them taken as resisted. */
  readonly lowest: Rate;
  /** All of them taken as succeeded. */
  readonly highest: Rate;
  readonly in_verdict: boolean;
}

/** Null where no trial was lost. */
export function notAssessedBounds(
  counts: RunCounts & { readonly resisted_in_part: number },
  about: ClaimAbout = {},
): LostClaim | null {
  const { succeeded, resisted, not_assessed: lost, resisted_in_part: inPart } = counts;
  const open = lost + inPart;
  if (open === 0) return null;
  const of = succeeded + resisted + lost;
  return {
    kind: 'lost',
    about,
    population: countedRuns,
    lost,
    in_part: inPart,
    of,
    share: open / of,
    lowest: wilson(succeeded, of),
    highest: wilson(succeeded + open, of),
    // In whole runs: 0.1 has no exact binary form.
    in_verdict: open * 10 >= of,
  };
}
