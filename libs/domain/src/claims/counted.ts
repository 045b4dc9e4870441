import type { Rate, RunCounts } from '../metrics.ts';
import type { CountsClaim, NumberClaim, RateClaim } from './claim.ts';
import { type ClaimAbout, countedRuns, type Population, ratedRuns } from './population.ts';

export const countsClaim = (
  about: ClaimAbout,
  { succeeded, resisted, not_assessed, hits_only }: RunCounts,
): CountsClaim => ({
  kind: 'counts',
  about,
  population: countedRuns,
  counts: { succeeded, resisted, not_assessed, hits_only },
});

export const rateClaim = (about: ClaimAbout, rate: Rate): RateClaim => ({
  kind: 'rate',
  about,
  population: ratedRuns,
  rate,
});

export const numberClaim = (
  of: NumberClaim['of'],
  value: number,
  about: ClaimAbout = {},
  population: Population = countedRuns,
): NumberClaim => ({ kind: 'number', about, population, of, value });
