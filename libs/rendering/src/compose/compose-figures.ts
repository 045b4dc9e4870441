import {
  agreement,
  type AssessmentRow,
  attackSuccessRate,
  complianceClaim,
  evasionRate,
  type JudgeRow,
  type LiftClaim,
  liftClaims,
  rowKeysOf,
  type RunCounts,
  type SectionKey,
  severities,
  type Severity,
  type TallyRow,
  type TransformRow,
  wilson,
} from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import {
  type AssessmentFigures,
  countsOf,
  type FiguresContent,
  type PairFigures,
  type TallyFigures,
  type TransformFigures,
} from '../model/figures-content.ts';
import type { ReportSetting } from '../sentences/report-setting.ts';
import { targetNames } from '../sentences/target-names.ts';
import { goalsShown } from './sections/asr-by.ts';

const longestName = 1000;
const short = (text: string): string => shortenName(text, longestName);
const shortOrNull = (text: string | null): string | null => (text === null ? null : short(text));

/** Tells no more than the report prints: rows of a section that is not in it are left out. */
export function composeFigures(setting: ReportSetting): FiguresContent {
  const { facts, counts, head, targets } = setting;
  const { score, state, lower_bound } = head.risk;
  const { rows } = facts;
  const shown = new Set<SectionKey>(rowKeysOf(facts.outline));
  const when = <T>(key: SectionKey, figures: () => T): T | null => (shown.has(key) ? figures() : null);
  const frameworks = new Set(facts.frameworks);
  const names = targetNames(rows.targets);
  const target = ({ target_key }: { readonly target_key: string }): string => names.get(target_key) ?? target_key;
  const tally = (row: TallyRow): TallyFigures => ({ name: short(row.name), ...measuredOf(row, target(row)) });
  const wanted = ({ framework }: { readonly framework: string }): boolean =>
    frameworks.size === 0 || frameworks.has(framework);
  return {
    runs: setting.runs,
    trials: setting.trials,
    outcomes: countsOf(counts),
    asr: setting.rate,
    risk: {
      value: score?.value ?? null,
      band: state === 'scored' ? (score?.band ?? null) : null,
      worst_severity: score?.worst ?? null,
      lower_bound,
    },
    severities: severityTotals(rows.assessments),
    came_close: targets.reduce((sum, target) => sum + target.close, 0),
    dismissed: setting.dismissed,
    targets: rows.targets.map((row) => ({
      target: target(row),
      named: row.name !== null,
      assessments: row.assessments.map(short),
      trials: row.trials,
      hit_trials: row.hit_trials,
      ...measured(row),
      open: row.open,
      open_close: row.open_close,
      closed: row.closed,
      remediated: row.remediated,
      accepted: row.accepted,
      dismissed: row.dismissed,
      suspected_target_errors: row.suspected_target_errors,
    })),
    assessments: rows.assessments.map(assessmentFigures),
    by_attack: when('asr_by_attack', () => rows.asr_by_attack.map(tally)),
    by_category: when('asr_by_category', () => rows.asr_by_category.map(tally)),
    by_goal: when('asr_by_goal', () => goalsShown(facts).map(tally)),
    by_transform: when('transform_effectiveness', () => transformFigures(rows, target)),
    attack_by_transform: when('transform_effectiveness', () =>
      rows.attack_by_transform.map((row): PairFigures => ({
        target: target(row),
        attack: short(row.attack),
        transforms: row.transforms.map(short),
        ...measured(row),
      })),
    ),
    compliance: when('compliance', () =>
      rows.compliance_items.filter(wanted).map((row) => {
        const { state, reasons } = complianceClaim(row, { framework: row.framework, item: row.item });
        return {
          target: target(row),
          framework: short(row.framework),
          item: short(row.item),
          ...measured(row),
          state,
          reasons,
          distinct: row.distinct,
          from_file: row.from_file,
          from_crosswalk: row.from_crosswalk,
          from_table: row.from_table,
          untagged_successes: row.untagged_successes,
          worst_severity: row.worst,
          findings: row.findings,
        };
      }),
    ),
    framework_gaps: when('compliance', () =>
      rows.framework_gaps.filter(wanted).map((row) => ({
        target: target(row),
        framework: row.framework,
        runs: row.runs,
        succeeded: row.succeeded,
      })),
    ),
    adversarial_ml: facts.include_adversarial
      ? rows.adversarial_ml.map((row) => ({
          target: target(row),
          attack: short(row.attack),
          adversarial_class: shortOrNull(row.adversarial_class),
          succeeded: row.succeeded,
          degraded: row.degraded,
          resisted: row.resisted,
          not_assessed: row.not_assessed,
          hits_only: row.hits_only,
          rate: evasionRate(row),
          best_distance: row.best_distance,
          distance_norm: shortOrNull(row.distance_norm),
        }))
      : null,
    judges: rows.judges.map((row) => ({ target: target(row), ...judged(row) })),
    left_out: rows.left_out.map((row) => ({ ...row, name: shortOrNull(row.name) })),
  };
}

function severityTotals(assessments: readonly AssessmentRow[]): Record<Severity, number> {
  const total = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const row of assessments) for (const severity of severities) total[severity] += row.severities[severity];
  return total;
}

const measured = (row: RunCounts): Pick<TallyFigures, 'outcomes' | 'asr'> => ({
  outcomes: countsOf(row),
  asr: attackSuccessRate(row),
});

const measuredOf = (row: Omit<TallyRow, 'name'>, target: string): Omit<TallyFigures, 'name'> => ({
  target,
  ...measured(row),
  trials: row.trials,
  hit_trials: row.hit_trials,
  best_score: row.best_score,
  trials_to_success: row.trials_to_success,
});

/** Untransformed runs are no transform; they stand in the pairs. */
function transformFigures(
  rows: ReportSetting['facts']['rows'],
  target: (row: TransformRow) => string,
): TransformFigures[] {
  const used = rows.asr_by_transform.filter((row) => row.transforms.length > 0);
  const keys = [...new Set(used.map((row) => row.target_key))];
  return keys.flatMap((key) => {
    const own = used.filter((row) => row.target_key === key);
    const claims = liftClaims(
      key,
      own.map((row) => row.transforms),
      rows.lift_strata,
    );
    return own.map((row, index): TransformFigures => {
      const claim = claims[index];
      return {
        transforms: row.transforms.map(short),
        ...measuredOf(row, target(row)),
        verdict: claim?.verdict ?? 'no_baseline',
        lift: claim === undefined ? null : liftFigures(claim),
      };
    });
  });
}

function liftFigures({ lift, adjusted, compared }: LiftClaim): TransformFigures['lift'] {
  if (lift === null) return null;
  const { difference, method, strata, with: one, baseline, p } = lift;
  return {
    ...difference,
    method,
    attacks: strata,
    with: wilson(one.succeeded, one.succeeded + one.resisted),
    baseline: wilson(baseline.succeeded, baseline.succeeded + baseline.resisted),
    p,
    p_corrected: adjusted ?? 1,
    compared,
  };
}

function judged(row: JudgeRow): Omit<FiguresContent['judges'][number], 'target'> {
  const { both, only_primary, only_other, neither, primary_runs, primary, other } = row;
  const claim = other === null ? null : agreement(row, { primary, other });
  return {
    primary: shortOrNull(primary),
    other: shortOrNull(other),
    both,
    only_primary,
    only_other,
    neither,
    primary_runs,
    kappa: claim?.kappa ?? null,
    kappa_interval: claim?.interval ?? null,
  };
}

function assessmentFigures(row: AssessmentRow): AssessmentFigures {
  return {
    name: short(row.name),
    target_model: shortOrNull(row.target_model),
    attacker_model: shortOrNull(row.attacker_model),
    judge_model: shortOrNull(row.judge_model),
    started_at: row.started_at,
    completed_at: row.completed_at,
    coverage: row.coverage,
    trials: row.trials,
    ...measured(row),
    severities: row.severities,
    dismissed: row.dismissed,
    suspected_target_errors: row.suspected_target_errors,
    sources: row.sources.map(({ file_name, sha256, format, coverage, runs }) => ({
      file_name: shortOrNull(file_name),
      sha256,
      format,
      coverage,
      runs,
    })),
  };
}
