import { dismissedStatuses, type FindingsFilter, reportedAdversarialTypes, reportedFindingTypes } from '#domain';

/** Numbers the parameters of one statement; the same value may be used by several parts of it. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Which runs of a project are looked at, before any grouping. */
export interface RunScope {
  readonly projectId: string;
  readonly watermark: readonly string[];
  readonly includeAdversarial: boolean;
  /** Whether runs triaged as false positive or incorrectly scored stay in (the list of all findings only). */
  readonly includeDismissed?: boolean;
}

/**
 * The runs that count, as `run`, with what their assessment says. `counted`: the assessment has a denominator, so the
 * run belongs to a rate. A row superseded by an import outside the watermark is still the current one for its reader.
 */
export function runsInScope(scope: RunScope, parameters: Parameters): string {
  const project = parameters.add(scope.projectId);
  const watermark = `${parameters.add(scope.watermark)}::uuid[]`;
  const conditions = [
    `r.project_id = ${project}`,
    `r.import_id = any(${watermark})`,
    `(r.superseded_by is null or not r.superseded_by = any(${watermark}))`,
  ];
  if (!scope.includeDismissed) conditions.push(`r.finding_status <> all(${parameters.add(dismissedStatuses)}::text[])`);
  if (!scope.includeAdversarial) conditions.push(`r.attack_domain is distinct from 'adversarial_ml'`);
  return `assessment as (
    select a.id, a.key, a.name, a.started_at, bool_or(i.coverage = 'full') as counted
    from findings.assessment a
    join findings.assessment_import i on i.assessment_id = a.id and i.import_id = any(${watermark})
    where a.project_id = ${project} and a.status = 'completed'
    group by a.id
  ), run as (
    select r.*, a.key as assessment_key, a.name as assessment_name, a.started_at as assessment_started_at, a.counted
    from findings.attack_run r
    join assessment a on a.id = r.assessment_id
    where ${conditions.join(' and ')}
  )`;
}

/** Three outcomes and, apart, the hits without a denominator. */
export const runCounts = `
  (count(*) filter (where counted and outcome = 'succeeded'))::int as succeeded,
  (count(*) filter (where counted and outcome = 'resisted'))::int as resisted,
  (count(*) filter (where counted and outcome = 'not_assessed'))::int as not_assessed,
  (count(*) filter (where not counted))::int as hits_only`;

export const tally = `${runCounts},
  coalesce(sum(total_trials), 0)::int as trials,
  max(best_score) as best_score,
  avg(first_success) filter (where outcome = 'succeeded')::float8 as trials_to_success`;

/** Succeeded and partial runs: what a severity is given to, and what a report calls a finding. */
export function reportedTypes(includeAdversarial: boolean): readonly string[] {
  return includeAdversarial ? [...reportedFindingTypes, ...reportedAdversarialTypes] : reportedFindingTypes;
}

/** The documented filter as a condition on `run`: fields with AND, values with OR, an empty list is no constraint. */
export function filterCondition(filter: FindingsFilter, parameters: Parameters): string {
  const conditions: string[] = [];
  const anyOf = (column: string, values: readonly string[] | undefined, type: 'text' | 'uuid'): void => {
    if (values && values.length > 0) conditions.push(`${column} = any(${parameters.add(values)}::${type}[])`);
  };
  anyOf('assessment_id', filter.assessment_ids, 'uuid');
  anyOf('attack_name', filter.attack_name, 'text');
  anyOf('finding_type', filter.finding_type, 'text');
  anyOf('severity', filter.severity, 'text');
  if (filter.category && filter.category.length > 0) {
    // One vocabulary for goal categories and top-level categories, as the API has it.
    const values = `${parameters.add(filter.category)}::text[]`;
    conditions.push(`(category = any(${values}) or goal_category = any(${values}))`);
  }
  if (filter.min_score !== undefined) conditions.push(`best_score >= ${parameters.add(filter.min_score)}`);
  const bounds = [
    ...(filter.started_after ? [`assessment_started_at >= ${parameters.add(filter.started_after)}::timestamptz`] : []),
    ...(filter.started_before
      ? [`assessment_started_at <= ${parameters.add(filter.started_before)}::timestamptz`]
      : []),
  ];
  if (bounds.length > 0) {
    const dated = `(${bounds.join(' and ')})`;
    conditions.push(filter.include_undated_assessments ? `(${dated} or assessment_started_at is null)` : dated);
  }
  return conditions.length > 0 ? conditions.join(' and ') : 'true';
}

/** Findings of a report: the filter, and succeeded and partial runs unless it asks for other types. */
export function reportCondition(filter: FindingsFilter, includeAdversarial: boolean, parameters: Parameters): string {
  const asked = filter.finding_type !== undefined && filter.finding_type.length > 0;
  const types = asked ? '' : ` and finding_type = any(${parameters.add(reportedTypes(includeAdversarial))}::text[])`;
  return `${filterCondition(filter, parameters)}${types}`;
}

/** Worst first, then best score, then the order of the files: the same for every reader. */
export const worstFirst = (run: string): string =>
  `${run}.severity_rank, ${run}.best_score desc nulls last, ${run}.assessment_key, ${run}.ordinal`;
