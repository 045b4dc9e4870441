import {
  attackSuccessRate,
  type Rate,
  riskScore,
  type RiskScore,
  type RunCounts,
  totalRuns,
  worstSeverity,
} from '../metrics.ts';
import type { Severity } from '../vocabulary.ts';
import { type ClaimAbout, type Of } from './population.ts';

/** The runs of one target as its risk sees them. */
export interface TargetRisk extends RunCounts {
  readonly target_key: string;
  readonly name: string | null;
  /** Succeeded runs that are open, hits among them. */
  readonly open: Readonly<Record<Severity, number>>;
  /** Succeeded runs that are remediated, or whose risk was accepted. */
  readonly remediated: number;
  readonly accepted: number;
}

/** What the risk of one target is, by rule. */
export interface RiskClaim extends Of<'risk'> {
  /**
   * `scored`: a success is open; `closed`: all that succeeded are remediated or accepted, the score is 0, or unknown where
   * there is no rate; `none_succeeded`: the score is 0; `ungraded` (what succeeded is called no finding, so it has no
   * severity), `not_assessed`, `no_runs`: there is no score.
   */
  readonly state: 'scored' | 'closed' | 'ungraded' | 'none_succeeded' | 'not_assessed' | 'no_runs';
  readonly score: RiskScore | null;
  /** Hits without a denominator are in it, so that the true score may be higher. */
  readonly lower_bound: boolean;
  readonly rate: Rate | null;
  readonly name: string | null;
  /** Succeeded and open. */
  readonly open: number;
  readonly remediated: number;
  readonly accepted: number;
}

export function riskClaim(target: TargetRisk, about: ClaimAbout = { target: target.target_key }): RiskClaim {
  const { name, remediated, accepted, hits_only } = target;
  const worst = worstSeverity(target.open);
  const rate = attackSuccessRate(target);
  const open = Object.values(target.open).reduce((sum, count) => sum + count, 0);
  const state = stateOf(target, worst);
  const scored = state === 'scored' || (rate !== null && (state === 'closed' || state === 'none_succeeded'));
  return {
    kind: 'risk',
    about,
    population: { coverage: 'any', status: 'open', domain: 'generative' },
    state,
    score: scored ? riskScore(worst, rate?.value ?? null) : null,
    lower_bound: scored && hits_only > 0,
    rate,
    name,
    open,
    remediated,
    accepted,
  };
}

function stateOf(target: TargetRisk, worst: Severity | null): RiskClaim['state'] {
  if (worst !== null) return 'scored';
  if (target.remediated + target.accepted > 0) return 'closed';
  if (target.succeeded + target.hits_only > 0) return 'ungraded';
  if (target.resisted > 0) return 'none_succeeded';
  return totalRuns(target) > 0 ? 'not_assessed' : 'no_runs';
}

/** The riskiest first: by score, then by severity, then by name. Those without a score come last. */
export function riskiestFirst(claims: readonly RiskClaim[]): RiskClaim[] {
  const named = ({ name, about }: RiskClaim): string => name ?? about.target ?? '';
  return [...claims].sort(
    (a, b) =>
      (b.score?.value ?? -1) - (a.score?.value ?? -1) ||
      (b.score?.base ?? -1) - (a.score?.base ?? -1) ||
      (named(a) < named(b) ? -1 : named(a) > named(b) ? 1 : 0),
  );
}
