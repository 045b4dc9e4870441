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
  /** Only runs that have one. */
  readonly having?: 'goal';
  /** The filter of the report narrows it. */
  readonly filtered?: true;
}

/** Every run with a denominator that a rate is made of. */
export const ratedRuns: Population = { coverage: 'rated', status: 'counted', domain: 'generative' };
export const countedRuns: Population = { coverage: 'any', status: 'counted', domain: 'generative' };

/** What every claim has. */
export interface Of<Kind extends string> {
  readonly kind: Kind;
  readonly about: ClaimAbout;
  readonly population: Population;
}
