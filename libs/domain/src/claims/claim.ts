import type { Difference, Rate, RunCounts } from '../metrics.ts';
import type { Severity } from '../vocabulary.ts';

/** Who a claim speaks of. What is not named is not narrowed. */
export interface ClaimAbout {
  /** `target_key` of the rows. */
  readonly target?: string;
  readonly assessment?: string;
  readonly attack?: string;
  readonly category?: string;
  readonly goal?: string;
  /** Exactly these, in this order; an empty list: as written. */
  readonly transforms?: readonly string[];
  readonly framework?: string;
  readonly item?: string;
  readonly severity?: Severity;
  readonly judge?: string;
  /** Id that the report gives it, `F-001`. */
  readonly finding?: string;
}

/** Which runs were looked at. */
export interface Population {
  /** `rated`: of imports with a denominator. */
  readonly coverage: 'rated' | 'hits_only' | 'any';
  /** `counted`: all but those triaged as false positive or incorrectly scored; `closed`: remediated or accepted. */
  readonly status: 'counted' | 'open' | 'closed' | 'dismissed';
  readonly domain: 'generative' | 'adversarial_ml' | 'any';
  /** The filter of the report narrows it. */
  readonly filtered?: true;
}

/** Every run with a denominator that a rate is made of. */
export const ratedRuns: Population = { coverage: 'rated', status: 'counted', domain: 'generative' };
export const countedRuns: Population = { coverage: 'any', status: 'counted', domain: 'generative' };

interface Of<Kind extends string> {
  readonly kind: Kind;
  readonly about: ClaimAbout;
  readonly population: Population;
}

/** So many runs had each outcome. */
export interface CountsClaim extends Of<'counts'> {
  readonly counts: RunCounts;
}

/** Share of assessed runs that succeeded, with its interval. */
export interface RateClaim extends Of<'rate'> {
  readonly rate: Rate;
}

/** A number of things of one kind: trials, assessments, attacks, findings. */
export interface NumberClaim extends Of<'number'> {
  readonly of:
    | 'runs'
    | 'trials'
    | 'assessments'
    | 'targets'
    | 'attacks'
    | 'transforms'
    | 'goals'
    | 'categories'
    | 'findings'
    | 'close';
  readonly value: number;
}

/** Two rates differ by so much. */
export interface DifferenceClaim extends Of<'difference'> {
  readonly difference: Difference;
}

/**
 * A statement about the data before it is put into words. Each kind has a heading in docs/metrics.md, which gives its rule,
 * formula and source.
 */
export type Claim = CountsClaim | RateClaim | NumberClaim | DifferenceClaim;
export type ClaimKind = Claim['kind'];
