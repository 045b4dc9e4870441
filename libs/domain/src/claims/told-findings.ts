import type { SeverityCounts } from '../rows.ts';
import type { Of } from './population.ts';

/** Findings of each severity. Those that succeeded and those that came close are never one number. */
export interface SeveritiesClaim extends Of<'severities'> {
  readonly of: 'succeeded' | 'came_close';
  readonly counts: SeverityCounts;
}

/** Succeeded runs that are no longer open, by what became of them. */
export interface ClosedClaim extends Of<'closed'> {
  readonly remediated: number;
  readonly accepted: number;
}

/** Trials of one run. */
export interface TrialsClaim extends Of<'trials'> {
  readonly succeeded: number;
  /** Null of a hit log, which holds the trials that succeeded and no others. */
  readonly assessed: number | null;
  readonly not_assessed: number;
}

/** Open findings that a fixed text speaks of. */
export interface ActionClaim extends Of<'action'> {
  readonly categories: readonly string[];
  readonly counts: SeverityCounts;
}

/** A trial that was not assessed says nothing, so it is in no n. */
export const trialsClaim = (
  row: {
    readonly coverage: 'full' | 'hits_only';
    readonly trials: number;
    readonly succeeded_trials: number;
    readonly not_assessed_trials: number;
  },
  finding: string,
): TrialsClaim => ({
  kind: 'trials',
  about: { finding },
  population: { coverage: row.coverage === 'full' ? 'rated' : 'hits_only', status: 'counted', domain: 'any' },
  succeeded: row.succeeded_trials,
  assessed: row.coverage === 'full' ? row.trials - row.not_assessed_trials : null,
  not_assessed: row.not_assessed_trials,
});
