import { type Difference, type Rate, wilson, z } from '../metrics.ts';
import { type ClaimAbout, type Of, ratedRuns } from './population.ts';

/** How far two judges agree on the runs that both judged. */
export interface AgreementClaim extends Of<'agreement'> {
  /** By whose verdicts the report counts; null where the source does not name it. */
  readonly primary: string | null;
  readonly other: string;
  readonly both: number;
  readonly only_primary: number;
  readonly only_other: number;
  readonly neither: number;
  readonly runs: number;
  readonly differing: number;
  /** Rate of those runs by each judge; null where there are none. */
  readonly by_primary: Rate | null;
  readonly by_other: Rate | null;
  /** Null where chance alone would agree on every run, or there are none. */
  readonly kappa: number | null;
  /** Null where no large-sample interval exists, as when the judges never differ. */
  readonly interval: Pick<Difference, 'low' | 'high'> | null;
}

/** Runs that both judged, by whom of the two they count as succeeded for. */
export interface JudgedRuns {
  readonly both: number;
  readonly only_primary: number;
  readonly only_other: number;
  readonly neither: number;
}

export function agreement(
  judged: JudgedRuns,
  judges: { readonly primary: string | null; readonly other: string },
  about: ClaimAbout = {},
): AgreementClaim {
  const { both, only_primary, only_other, neither } = judged;
  const runs = both + only_primary + only_other + neither;
  return {
    kind: 'agreement',
    about,
    population: ratedRuns,
    primary: judges.primary,
    other: judges.other,
    both,
    only_primary,
    only_other,
    neither,
    runs,
    differing: only_primary + only_other,
    by_primary: runs === 0 ? null : wilson(both + only_primary, runs),
    by_other: runs === 0 ? null : wilson(both + only_other, runs),
    ...cohensKappa(judged, runs),
  };
}

/** Cohen's κ; its standard error is that of Fleiss, Cohen and Everitt for a κ that is not 0. */
function cohensKappa(judged: JudgedRuns, runs: number): Pick<AgreementClaim, 'kappa' | 'interval'> {
  if (runs === 0) return { kappa: null, interval: null };
  const both = judged.both / runs;
  const onlyPrimary = judged.only_primary / runs;
  const onlyOther = judged.only_other / runs;
  const neither = judged.neither / runs;
  const primary = both + onlyPrimary;
  const other = both + onlyOther;
  const expected = primary * other + (1 - primary) * (1 - other);
  // Both judges gave one and the same verdict to every run.
  if (judged.both === runs || judged.neither === runs) return { kappa: null, interval: null };
  const kappa = (both + neither - expected) / (1 - expected);
  const rest = 1 - kappa;
  const agreed = both * (1 - (primary + other) * rest) ** 2 + neither * (1 - (2 - primary - other) * rest) ** 2;
  const differed = rest ** 2 * (onlyPrimary * (other + 1 - primary) ** 2 + onlyOther * (1 - other + primary) ** 2);
  const variance = (agreed + differed - (kappa - expected * rest) ** 2) / ((1 - expected) ** 2 * runs);
  if (variance < 1e-12) return { kappa, interval: null };
  const spread = z * Math.sqrt(variance);
  return { kappa, interval: { low: Math.max(-1, kappa - spread), high: Math.min(1, kappa + spread) } };
}
