import {
  type AssessmentRow,
  attackSuccessRate,
  lift,
  type LiftStratumRow,
  rowKeysOf,
  type RunCounts,
  type SectionKey,
  severities,
  type Severity,
  type TallyRow,
  type TransformRow,
} from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import { isTransform } from '../sentences/compose-glance.ts';
import { baselineOf, transformsName } from './sections/transform-effectiveness.ts';
import {
  type AssessmentFigures,
  countsOf,
  type FiguresContent,
  type PairFigures,
  type TallyFigures,
  type TransformFigures,
} from '../model/figures-content.ts';
import type { ReportSetting } from '../sentences/report-setting.ts';

const longestName = 1000;

/** Tells no more than the report prints: rows of a section that is not in it are left out. */
export function composeFigures(setting: ReportSetting): FiguresContent {
  const { facts, counts, head, targets } = setting;
  const { score, state, lower_bound } = head.risk;
  const { rows } = facts;
  const shown = new Set<SectionKey>(rowKeysOf(facts.outline));
  const when = <T>(key: SectionKey, figures: () => T): T | null => (shown.has(key) ? figures() : null);
  const frameworks = new Set(facts.frameworks);
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
    assessments: rows.assessments.map(assessmentFigures),
    by_attack: when('asr_by_attack', () => rows.asr_by_attack.map(tallyFigures)),
    by_category: when('asr_by_category', () => rows.asr_by_category.map(tallyFigures)),
    by_goal: when('asr_by_goal', () => rows.asr_by_goal.map(tallyFigures)),
    by_transform: when('transform_effectiveness', () =>
      rows.asr_by_transform.filter(isTransform).map((row) => transformFigures(row, rows.lift_strata)),
    ),
    attack_by_transform: when('transform_effectiveness', () =>
      rows.attack_by_transform.map((row): PairFigures => ({
        attack: shortenName(row.attack, longestName),
        transform: shortenName(transformsName(row.transforms), longestName),
        ...measured(row),
      })),
    ),
    compliance: when('compliance', () =>
      rows.compliance_items
        .filter(({ framework }) => frameworks.size === 0 || frameworks.has(framework))
        .map((row) => ({
          framework: shortenName(row.framework, longestName),
          item: shortenName(row.item, longestName),
          ...measured(row),
          worst_severity: row.worst,
          findings: row.findings,
        })),
    ),
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

const tallyFigures = (row: TallyRow): TallyFigures => ({
  name: shortenName(row.name, longestName),
  ...measured(row),
  trials: row.trials,
  best_score: row.best_score,
  trials_to_success: row.trials_to_success,
});

function transformFigures(row: TransformRow, strata: readonly LiftStratumRow[]): TransformFigures {
  const figures = tallyFigures({ ...row, name: transformsName(row.transforms) });
  const baseline = baselineOf(row, strata);
  return { ...figures, baseline, lift: figures.asr && baseline ? lift(figures.asr, baseline) : null };
}

function assessmentFigures(row: AssessmentRow): AssessmentFigures {
  const name = (text: string | null): string | null => (text === null ? null : shortenName(text, longestName));
  return {
    name: shortenName(row.name, longestName),
    target_model: name(row.target_model),
    attacker_model: name(row.attacker_model),
    judge_model: name(row.judge_model),
    started_at: row.started_at,
    completed_at: row.completed_at,
    coverage: row.coverage,
    trials: row.trials,
    ...measured(row),
    severities: row.severities,
    dismissed: row.dismissed,
    suspected_target_errors: row.suspected_target_errors,
    sources: row.sources.map(({ file_name, sha256, format, coverage, runs }) => ({
      file_name: name(file_name),
      sha256,
      format,
      coverage,
      runs,
    })),
  };
}
