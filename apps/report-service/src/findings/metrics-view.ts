import type { Metrics } from '#contracts';
import type { MergedMetrics } from '#domain';

/** Metrics as the API spells them. */
export const metricsView = (merged: MergedMetrics): Metrics => ({
  risk_score: merged.risk?.score?.value ?? null,
  risk_band: merged.risk?.score?.band ?? null,
  risk_lower_bound: merged.risk?.lower_bound ?? false,
  overall_asr: merged.asr?.value ?? null,
  asr_low: merged.asr?.low ?? null,
  asr_high: merged.asr?.high ?? null,
  total_attacks: merged.total,
  total_trials: merged.trials,
  succeeded: merged.counts.succeeded,
  resisted: merged.counts.resisted,
  not_assessed: merged.counts.not_assessed,
  hits_only: merged.counts.hits_only,
  severity_breakdown: merged.severities,
});
