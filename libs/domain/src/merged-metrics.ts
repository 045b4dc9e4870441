import { type RiskClaim, riskClaim, riskiestFirst, type TargetRisk } from './claims/risk.ts';
import { addCounts, attackSuccessRate, noRuns, type Rate, type RunCounts, totalRuns } from './metrics.ts';
import type { AssessmentRow, SeverityCounts } from './rows.ts';

/** Counts of several assessments merged; never an average of their rates. */
export interface MergedMetrics {
  readonly counts: RunCounts;
  readonly total: number;
  readonly trials: number;
  readonly severities: SeverityCounts;
  readonly asr: Rate | null;
  /** Of the riskiest target; null without any. A risk is of one system and never of several together. */
  readonly risk: RiskClaim | null;
}

/** `targets`: those that the assessments attacked. */
export function mergeMetrics(
  rows: readonly Pick<AssessmentRow, keyof RunCounts | 'trials' | 'severities'>[],
  targets: readonly TargetRisk[],
): MergedMetrics {
  const counts = rows.reduce<RunCounts>(addCounts, noRuns);
  const count = (severity: keyof SeverityCounts): number =>
    rows.reduce((sum, row) => sum + row.severities[severity], 0);
  return {
    counts,
    total: totalRuns(counts),
    trials: rows.reduce((sum, row) => sum + row.trials, 0),
    severities: {
      critical: count('critical'),
      high: count('high'),
      medium: count('medium'),
      low: count('low'),
      info: count('info'),
    },
    asr: attackSuccessRate(counts),
    risk: riskiestFirst(targets.map((target) => riskClaim(target)))[0] ?? null,
  };
}

/** The figures that are documented for one assessment: its runs are one system, whatever targets they name. */
export const assessmentMetrics = (row: AssessmentRow | undefined): MergedMetrics =>
  row
    ? mergeMetrics([row], [{ ...row, target_key: row.target_keys[0] ?? '', name: row.target_model }])
    : mergeMetrics([], []);
