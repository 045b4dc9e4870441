import type { Difference, Rate, RunCounts } from '../metrics.ts';
import type { AgreementClaim } from './agreement.ts';
import type { ComplianceClaim, UntaggedClaim } from './compliance.ts';
import type { HeldClaim } from './held.ts';
import type { AbsentSectionsClaim, LeftOutClaim } from './left-out.ts';
import type { LiftClaim } from './lift.ts';
import type { LostClaim } from './not-assessed.ts';
import type { HighestClaim, MostClaim } from './order.ts';
import type { Of } from './population.ts';
import type { RiskClaim } from './risk.ts';
import type { ActionClaim, ClosedClaim, SeveritiesClaim, TrialsClaim } from './told-findings.ts';
import type { TriedClaim } from './tried.ts';
import type { WorstClaim } from './worst.ts';

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
    | 'close'
    /** Runs with an answer that reads as an error of the target; trials that a content filter answered. */
    | 'suspected_errors'
    | 'filtered_trials';
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
export type Claim =
  | CountsClaim
  | RateClaim
  | NumberClaim
  | DifferenceClaim
  | LiftClaim
  | HighestClaim
  | MostClaim
  | LostClaim
  | ComplianceClaim
  | UntaggedClaim
  | TriedClaim
  | AgreementClaim
  | RiskClaim
  | WorstClaim
  | SeveritiesClaim
  | ClosedClaim
  | TrialsClaim
  | ActionClaim
  | HeldClaim
  | LeftOutClaim
  | AbsentSectionsClaim;
export type ClaimKind = Claim['kind'];

/** Heading in docs/metrics.md of the rule of each kind. */
export const claimRules: Readonly<Record<ClaimKind, string>> = {
  counts: 'Outcomes',
  rate: 'Attack success rate (ASR)',
  number: 'Numbers of things',
  difference: 'Difference of two rates',
  lift: 'Lift of a transform',
  highest: 'Highest rate',
  most: 'Most successes',
  lost: 'Runs that were not assessed',
  compliance: 'Compliance',
  untagged: 'Compliance',
  tried: 'What was tried',
  agreement: 'Agreement of two judges',
  risk: 'Risk score',
  worst: 'Order of findings',
  severities: 'What a report tells of findings',
  closed: 'What a report tells of findings',
  trials: 'What a report tells of findings',
  action: 'What a report tells of findings',
  held: 'What held',
  left_out: 'What is left out',
  absent_sections: 'What is left out',
};
