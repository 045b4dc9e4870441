import {
  attackSuccessRate,
  type LostClaim,
  noRuns,
  notAssessedBounds,
  type Rate,
  riskClaim,
  type RiskClaim,
  riskiestFirst,
  severities,
  type SeverityCounts,
  type TargetRow,
  totalRuns,
} from '#domain';
import { targetNames } from './target-names.ts';

/** One attacked system with the figures that sections print of it. Nothing is summed over several but numbers of runs. */
export interface TargetSetting {
  readonly key: string;
  /** As printed, told apart from the others. */
  readonly name: string;
  readonly row: TargetRow;
  readonly runs: number;
  readonly rate: Rate | null;
  readonly risk: RiskClaim;
  /** Null where no run was lost. */
  readonly lost: LostClaim | null;
  /** Open findings that succeeded; open ones that resisted and came close. */
  readonly open: number;
  readonly close: number;
  /** Findings whatever their status. */
  readonly findings: number;
}

export const sumOf = (counts: SeverityCounts): number =>
  severities.reduce((total, severity) => total + counts[severity], 0);

/** The riskiest first. */
export function targetSettings(rows: readonly TargetRow[]): readonly TargetSetting[] {
  const names = targetNames(rows);
  const claims = new Map(rows.map((row) => [row.target_key, riskClaim(row)]));
  const order = riskiestFirst([...claims.values()]).map(({ about }) => about.target);
  return rows
    .map((row) => targetSetting(row, names.get(row.target_key) ?? row.target_key, claims.get(row.target_key)))
    .sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

function targetSetting(row: TargetRow, name: string, risk = riskClaim(row)): TargetSetting {
  return {
    key: row.target_key,
    name,
    row,
    runs: totalRuns(row),
    rate: attackSuccessRate(row),
    risk,
    lost: notAssessedBounds(row, { target: row.target_key }),
    open: sumOf(row.open),
    close: sumOf(row.open_close),
    findings: sumOf(row.open) + sumOf(row.open_close) + sumOf(row.closed),
  };
}

export const noSeverities: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

/** Stands for the target of a report without any run. */
export const noTarget: TargetSetting = targetSetting(
  {
    ...noRuns,
    target_key: '',
    name: null,
    assessments: [],
    trials: 0,
    hit_trials: 0,
    open: noSeverities,
    open_close: noSeverities,
    closed: noSeverities,
    open_hits: noSeverities,
    remediated: 0,
    accepted: 0,
    dismissed: 0,
    suspected_target_errors: 0,
    blocked_trials: 0,
    resisted_in_part: 0,
    distinct_goals: 0,
  },
  'no target',
);
