import type {
  AnalyticsFramework,
  AnalyticsRecommendation,
  AsrByDimension,
  AsrEntry,
  CampaignAnalytics,
  ComplianceEntry,
  CoverageEntry,
  FindingResponse,
  TopFinding,
} from '#contracts';
import {
  attackSuccessRate,
  complianceClaim,
  type ComplianceItemRow,
  type FindingCategoryRow,
  type FrameworkKey,
  frameworks,
  isTested,
  type LiftStratumRow,
  liftOf,
  type MergedMetrics,
  remedyFor,
  sameList,
  totalRuns,
  type TallyRow,
  type TransformRow,
  worstSeverity,
} from '#domain';

/** Rows of the resolvers that reports read, of one assessment. */
interface AnalyticsRows {
  readonly merged: MergedMetrics;
  readonly byAttack: readonly TallyRow[];
  readonly byCategory: readonly TallyRow[];
  readonly byTransform: readonly TransformRow[];
  /** Of each target apart, whatever the other rows pool. */
  readonly strata: readonly LiftStratumRow[];
  readonly byGoal: readonly TallyRow[];
  readonly complianceItems: readonly ComplianceItemRow[];
  readonly categories: readonly FindingCategoryRow[];
  readonly worst: readonly FindingResponse[];
  readonly execution: ExecutionRow;
}

export interface ExecutionRow {
  readonly failed_trials: number;
  readonly execution_time_s: number;
  readonly trial_time_ms: number;
}

const baseline = 'baseline';

const frameworkNames: Readonly<Record<FrameworkKey, AnalyticsFramework>> = {
  owasp_llm_top_10: 'owasp_llm',
  owasp_agentic_top_10: 'owasp_agentic',
  mitre_atlas: 'atlas',
  nist_ai_rmf: 'nist',
  google_saif: 'saif',
};

/** The SDK's shape from the numbers of reports: nothing is counted here. */
export function campaignAnalytics(rows: AnalyticsRows): CampaignAnalytics {
  const { merged, execution } = rows;
  const byTransform = rows.byTransform.map((row) => ({ ...row, name: transformName(row.transforms) }));
  const baselineRow = byTransform.find(({ name }) => name === baseline);
  const matrix = complianceMatrix(rows.complianceItems);
  return {
    asr_by_attack: dimension('attack', rows.byAttack),
    asr_by_category: dimension('category', rows.byCategory),
    asr_by_transform: dimension('transform', byTransform),
    asr_by_goal: dimension('goal', rows.byGoal),
    severity_breakdown: merged.severities,
    top_findings: rows.worst.map(topFinding),
    compliance_matrix: matrix,
    coverage_summary: coverageSummary(matrix),
    execution_stats: {
      total_attacks: merged.total,
      successful_attacks: merged.counts.succeeded,
      overall_asr: merged.asr?.value ?? 0,
      total_trials: merged.trials,
      // No format that we read says that a trial was pruned.
      total_pruned: 0,
      total_failed: execution.failed_trials,
      pruning_rate: 0,
      failure_rate: merged.trials === 0 ? 0 : execution.failed_trials / merged.trials,
      total_execution_time_s: execution.execution_time_s,
      avg_trial_time_ms: execution.trial_time_ms,
    },
    recommendations: rows.categories.flatMap(recommendation),
    risk_score: merged.risk?.score?.value ?? 0,
    transform_lift: Object.fromEntries(byTransform.flatMap((row) => liftEntry(row, rows.strata))),
    baseline_transform: baseline,
    baseline_asr: (baselineRow && attackSuccessRate(baselineRow)?.value) ?? null,
  };
}

const dimension = (name: string, rows: readonly TallyRow[]): AsrByDimension => ({
  dimension: name,
  entries: Object.fromEntries(rows.map((row) => [row.name, asrEntry(row)])),
});

function asrEntry(row: TallyRow): AsrEntry {
  const total = totalRuns(row);
  return {
    total_attacks: total,
    successful_attacks: row.succeeded,
    asr: attackSuccessRate(row)?.value ?? 0,
    best_score: row.best_score ?? 0,
    min_score: row.min_score ?? 0,
    total_trials: row.trials,
    avg_trials_per_attack: total === 0 ? 0 : row.trials / total,
    avg_trials_to_success: row.trials_to_success,
    avg_execution_time_ms: row.execution_time_ms ?? 0,
  };
}

function topFinding(finding: FindingResponse, place: number): TopFinding {
  const [best] = finding.top_trials;
  return {
    rank: place + 1,
    severity: finding.severity,
    score: finding.best_score,
    attack_name: finding.attack_name,
    goal: finding.goal,
    goal_category: finding.goal_category ?? finding.category,
    candidate: finding.best_candidate,
    response: finding.best_response,
    transforms_applied: finding.transforms_applied,
    compliance_tags: finding.compliance_tags,
    secondary_scores: best?.secondary_scores ?? {},
    trial_number: best?.step ?? null,
    execution_time_ms: best?.execution_time_ms ?? null,
    assessment_id: finding.assessment_id,
    attack_run_id: finding.id,
    trial_index: best ? best.step - 1 : null,
    target_model: finding.target_model,
    attacker_model: finding.attacker_model,
    evaluator_model: finding.evaluator_model,
  };
}

type Matrix = CampaignAnalytics['compliance_matrix'];

/** Every item of every framework, tested or not. */
function complianceMatrix(rows: readonly ComplianceItemRow[]): Matrix {
  const entries = frameworks.map(({ key, items }) => [
    frameworkNames[key],
    Object.fromEntries(
      items.map(({ id }) => [id, complianceEntry(rows.find((row) => row.framework === key && row.item === id))]),
    ),
  ]);
  return Object.fromEntries(entries) as Matrix;
}

const complianceEntry = (row: ComplianceItemRow | undefined): ComplianceEntry => ({
  tested: row !== undefined && isTested(complianceClaim(row, { framework: row.framework, item: row.item })),
  attacks_used: row?.attacks ?? [],
  total_trials: row?.trials ?? 0,
  asr: (row && attackSuccessRate(row)?.value) ?? 0,
  max_severity: row?.worst ?? null,
  top_finding: row?.top_finding ?? null,
});

function coverageSummary(matrix: Matrix): CampaignAnalytics['coverage_summary'] {
  const entries = Object.entries(matrix).map(([framework, items]): [string, CoverageEntry] => {
    const all = Object.entries(items);
    const tested = all.filter(([, { tested: is }]) => is).length;
    return [
      framework,
      {
        total_categories: all.length,
        tested_categories: tested,
        coverage_pct: all.length === 0 ? 0 : tested / all.length,
        untested: all.filter(([, { tested: is }]) => !is).map(([item]) => item),
      },
    ];
  });
  return Object.fromEntries(entries) as unknown as CampaignAnalytics['coverage_summary'];
}

/** One for each category with a fixed text, as in the report. */
function recommendation(row: FindingCategoryRow): AnalyticsRecommendation[] {
  const remedy = remedyFor(row.category);
  const severity = worstSeverity(row.severities);
  if (!remedy || !severity) return [];
  return [
    {
      severity,
      category: row.category,
      title: remedy.title,
      description: remedy.fix,
      compliance_refs: row.items,
      attack_vectors: row.attacks,
    },
  ];
}

/** Names of the list; a name that is also made of others, or that of the baseline, is spelled as a list. */
function transformName(transforms: readonly string[]): string {
  const [first] = transforms;
  if (first === undefined) return baseline;
  const plain = first !== baseline && transforms.every((name) => !name.includes(', '));
  return plain ? transforms.join(', ') : JSON.stringify(transforms);
}

/** Four decimals, as the SDK has it. Like with like, as in the report: over strata of target and attack. */
function liftEntry(
  row: TransformRow & { readonly name: string },
  strata: readonly LiftStratumRow[],
): [string, number][] {
  const lift = liftOf(strata.filter((stratum) => sameList(stratum.transforms, row.transforms)));
  return lift ? [[row.name, Math.round(lift.difference.value * 10_000) / 10_000]] : [];
}
