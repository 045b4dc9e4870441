import type { ClaimAbout, FindingsFilter, Population, Severity } from '#domain';

import type { StoredProject, StoredRun } from './stored-project.ts';

/** What a report was asked for, as far as it decides which runs are looked at. */
export interface AuditedScope {
  readonly include_adversarial: boolean;
  readonly filter: FindingsFilter;
}

export const severityOrder: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** Whoever names the system tested: the run, else its assessment, else nobody, and then the assessment is one of its own. */
export function targetKey(run: Pick<StoredRun, 'target_model' | 'assessment_target' | 'assessment_key'>): string {
  const name = run.target_model ?? run.assessment_target;
  return name === null ? `a:${run.assessment_key}` : `n:${name}`;
}

export const isAdversarial = (run: StoredRun): boolean => run.attack_domain === 'adversarial_ml';
const isDismissed = (run: StoredRun): boolean =>
  run.finding_status === 'false_positive' || run.finding_status === 'incorrect_scoring';
const isClosed = (run: StoredRun): boolean =>
  run.finding_status === 'remediated' || run.finding_status === 'accepted_risk';

/** Runs that a report may speak of at all: the current ones of completed assessments. */
export const currentRuns = ({ runs }: StoredProject): readonly StoredRun[] =>
  runs.filter((run) => !run.superseded && run.assessment_status === 'completed');

export function ofPopulation(
  runs: readonly StoredRun[],
  { coverage, status, domain, filtered, having }: Population,
  scope: AuditedScope,
): readonly StoredRun[] {
  return runs.filter(
    (run) =>
      (coverage === 'any' || (coverage === 'rated') === (run.coverage === 'full')) &&
      (status === 'dismissed'
        ? isDismissed(run)
        : status === 'open'
          ? run.finding_status === 'open'
          : status === 'closed'
            ? isClosed(run)
            : !isDismissed(run)) &&
      (domain === 'any' || (domain === 'adversarial_ml') === isAdversarial(run)) &&
      (having !== 'goal' || run.goal !== null) &&
      (filtered !== true || passes(run, scope.filter)),
  );
}

export function ofAbout(runs: readonly StoredRun[], about: ClaimAbout): readonly StoredRun[] {
  const { target, assessment, attack, category, goal, transforms, framework, item, severity } = about;
  return runs.filter(
    (run) =>
      (target === undefined || targetKey(run) === target) &&
      (assessment === undefined || run.assessment_name === assessment || run.assessment_key === assessment) &&
      (attack === undefined || run.attack_name === attack) &&
      (category === undefined || run.category === category) &&
      (goal === undefined || (run.goal ?? '') === goal) &&
      (transforms === undefined || sameNames(run.transforms, transforms)) &&
      (framework === undefined || hasTag(run, framework, item)) &&
      (severity === undefined || run.severity === severity),
  );
}

export const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export function hasTag(run: StoredRun, framework: string, item?: string): boolean {
  const items = Object.hasOwn(run.compliance, framework) ? (run.compliance[framework] ?? []) : [];
  return item === undefined ? items.length > 0 : items.includes(item);
}

export function isReported(run: StoredRun, adversarial: boolean): boolean {
  const types = ['jailbreak', 'partial', ...(adversarial ? ['evasion', 'degradation'] : [])];
  return types.includes(run.finding_type);
}

const inList = (wanted: readonly unknown[] | undefined, value: unknown): boolean =>
  wanted === undefined || wanted.length === 0 || wanted.includes(value);

function passes(run: StoredRun, filter: FindingsFilter): boolean {
  const { assessment_ids: assessments, severity, finding_type: type, attack_name: attack, category } = filter;
  const { min_score: least, started_after: after, started_before: before } = filter;
  if (after !== undefined || before !== undefined) {
    const dated =
      run.started_at !== null &&
      (after === undefined || run.started_at >= new Date(after)) &&
      (before === undefined || run.started_at <= new Date(before));
    if (!dated && !(run.started_at === null && filter.include_undated_assessments === true)) return false;
  }
  return (
    inList(assessments, run.assessment_id) &&
    inList(severity, run.severity) &&
    inList(type, run.finding_type) &&
    inList(attack, run.attack_name) &&
    (inList(category, run.category) || inList(category, run.goal_category)) &&
    (least === undefined || (run.best_score !== null && run.best_score >= least))
  );
}

/** Those that stand in the table of findings. */
export const findingRuns = (project: StoredProject, scope: AuditedScope): readonly StoredRun[] =>
  currentRuns(project).filter(
    (run) =>
      !isDismissed(run) &&
      (scope.include_adversarial || !isAdversarial(run)) &&
      ((scope.filter.finding_type ?? []).length > 0 || isReported(run, scope.include_adversarial)) &&
      passes(run, scope.filter),
  );

export interface Counts {
  readonly succeeded: number;
  readonly resisted: number;
  readonly not_assessed: number;
  readonly hits_only: number;
}

export function countsOf(runs: readonly StoredRun[]): Counts {
  const rated = runs.filter(({ coverage }) => coverage === 'full');
  const withOutcome = (outcome: string, among: readonly StoredRun[] = rated): number =>
    among.filter((run) => run.outcome === outcome).length;
  return {
    succeeded: withOutcome('succeeded'),
    resisted: withOutcome('resisted'),
    not_assessed: withOutcome('not_assessed', runs),
    hits_only: withOutcome('succeeded', runs) - withOutcome('succeeded'),
  };
}

export const targetsOf = (runs: readonly StoredRun[]): readonly string[] => [...new Set(runs.map(targetKey))];
