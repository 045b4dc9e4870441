import { type Rate, wilson } from '../metrics.ts';
import type { AdversarialMlRow } from '../rows.ts';
import type { Population } from './population.ts';

/** Runs on classifiers that a rate is made of; they enter no rate of attacks on language models. */
export const adversarialRuns: Population = { coverage: 'rated', status: 'counted', domain: 'adversarial_ml' };

type EvasionCounts = Pick<AdversarialMlRow, 'succeeded' | 'degraded' | 'resisted' | 'not_assessed' | 'hits_only'>;

/** Evaded ÷ (evaded + degraded + robust), with Wilson's interval; null when no run was assessed. */
export function evasionRate({ succeeded, degraded, resisted }: EvasionCounts): Rate | null {
  const assessed = succeeded + degraded + resisted;
  return assessed === 0 ? null : wilson(succeeded, assessed);
}

export function addEvasions(rows: readonly EvasionCounts[]): EvasionCounts {
  const sum = (key: keyof EvasionCounts): number => rows.reduce((total, row) => total + row[key], 0);
  return {
    succeeded: sum('succeeded'),
    degraded: sum('degraded'),
    resisted: sum('resisted'),
    not_assessed: sum('not_assessed'),
    hits_only: sum('hits_only'),
  };
}
