import { type Rate, type RunCounts, wilson } from '../metrics.ts';
import { type ClaimAbout, type Of, countedRuns } from './population.ts';

/** From this share on a verdict says how many runs gave none. */
export const lostInVerdictFrom = 0.1;

/** How many runs could not be assessed, and what the rate would be if all of them had gone one way. */
export interface LostClaim extends Of<'lost'> {
  readonly lost: number;
  readonly of: number;
  readonly share: number;
  /** All lost ones taken as resisted. */
  readonly lowest: Rate;
  /** All lost ones taken as succeeded. */
  readonly highest: Rate;
  readonly in_verdict: boolean;
}

/** Null where no run was lost. */
export function notAssessedBounds(counts: RunCounts, about: ClaimAbout = {}): LostClaim | null {
  const { succeeded, resisted, not_assessed: lost } = counts;
  if (lost === 0) return null;
  const of = succeeded + resisted + lost;
  return {
    kind: 'lost',
    about,
    population: countedRuns,
    lost,
    of,
    share: lost / of,
    lowest: wilson(succeeded, of),
    highest: wilson(succeeded + lost, of),
    // In whole runs: 0.1 has no exact binary form.
    in_verdict: lost * 10 >= of,
  };
}
