import type { ListedFilter, RowRequest } from '#contracts';
import { dismissedStatuses, reportedAdversarialTypes, reportedFindingTypes, type RowSource, severities } from '#domain';

/** Numbers the parameters of one statement; the same value may be used by several parts of it. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** A source: `rows` alone is counted, `read` is what a report prints of them, `extra` are CTEs before both. */
export type Describe = (
  parameters: Parameters,
  request: RowRequest,
  projectId: string,
) => { rows: string; read?: string; extra?: string };

/** Which runs of a project are looked at, before any grouping. */
interface RunScope {
  readonly projectId: string;
  /** Imports that may be read; `current`: all that are committed, which is what no later import replaced. */
  readonly watermark: readonly string[] | 'current';
  readonly includeAdversarial: boolean;
  /** Also runs triaged as false positive or incorrectly scored, and assessments not completed (lists only). */
  readonly everything?: boolean;
  /** Only these assessments, whatever their status. */
  readonly assessmentIds?: readonly string[];
  /** All targets as one. */
  readonly pooled?: true | undefined;
}

/** A search is over other tables than the runs and asks for the project: see list-condition.ts. */
type RowFilter = Omit<ListedFilter, 'search'>;

/** The runs that count, as a condition on `findings.attack_run` alone. */
export function runCondition(scope: RunScope, parameters: Parameters): string {
  const project = parameters.add(scope.projectId);
  const conditions = runConditions(scope, project, parameters);
  if (scope.assessmentIds) conditions.push(`assessment_id = any(${parameters.add(scope.assessmentIds)}::uuid[])`);
  else if (!scope.everything) {
    conditions.push(
      `assessment_id in (select a.id from findings.assessment a where a.project_id = ${project} and a.status = 'completed')`,
    );
  }
  return conditions.join(' and ');
}

/** What a run is of: the system that it, or else its assessment, names; without a name each assessment is one of its own. */
export const targetKey = (run: string, assessment: string): string =>
  `coalesce('n:' || coalesce(${run}.target_model, ${assessment}.target_model), 'a:' || ${assessment}.key)`;

/** Runs that an import `i` brought. Those that a later one replaced are gone from a project that came from an export. */
export const broughtRuns = `coalesce((i.counts->>'attack_runs')::int, 0)`;
export const broughtSuccesses = `coalesce((i.counts->>'succeeded')::int, 0)`;

/** The key of an assessment that a request made is random; its name says the same wherever the same data are. */
export const stableKey = (assessment: string): string =>
  `case when ${assessment}.made_by_request and count(*) over (partition by ${assessment}.made_by_request, ${assessment}.name) = 1
    then ${assessment}.name else ${assessment}.key end`;

/**
 * The runs that count, as `run`, with what their assessment says. `counted`: the import of the run has a denominator, so
 * the run belongs to a rate. A row superseded by an import outside the watermark is still the current one for its reader.
 */
export function runsInScope(scope: RunScope, parameters: Parameters): string {
  const project = parameters.add(scope.projectId);
  const conditions = runConditions(scope, project, parameters);
  const imported =
    scope.watermark === 'current' ? '' : `and i.import_id = any(${parameters.add(scope.watermark)}::uuid[])`;
  const which = scope.assessmentIds
    ? `a.id = any(${parameters.add(scope.assessmentIds)}::uuid[])`
    : `a.status = 'completed'`;
  return `assessment as (
    select a.id, ${stableKey('a')} as key, a.name, a.target_model, a.judge_model, a.complete_policy, bool_or(i.coverage = 'full') as counted
    from findings.assessment a
    join findings.assessment_import i on i.assessment_id = a.id ${imported}
    where a.project_id = ${project} and ${which}
    group by a.id
  ), run as (
    select r.*, a.key as assessment_key, a.name as assessment_name, a.judge_model as assessment_judge,
      coalesce(r.target_model, a.target_model) as target, ${scope.pooled ? `''` : targetKey('r', 'a')} as target_key,
      not r.hits_only as counted,
      (a.complete_policy is not null and r.severity_source = 'score_band' and r.best_score is not null) as by_policy
    from findings.attack_run r
    join assessment a on a.id = r.assessment_id
    where ${conditions.join(' and ')}
  )`;
}

function runConditions(scope: RunScope, project: string, parameters: Parameters): string[] {
  const conditions = [`project_id = ${project}`];
  if (scope.watermark === 'current') conditions.push('superseded_by is null');
  else {
    const watermark = `${parameters.add(scope.watermark)}::uuid[]`;
    conditions.push(
      `import_id = any(${watermark})`,
      `(superseded_by is null or not superseded_by = any(${watermark}))`,
    );
  }
  if (!scope.everything) conditions.push(`finding_status <> all(${parameters.add(dismissedStatuses)}::text[])`);
  if (!scope.includeAdversarial) conditions.push(`attack_domain is distinct from 'adversarial_ml'`);
  return conditions;
}

/**
 * Three outcomes and, apart, the hits without a denominator. A run is a hit where it succeeded: a file that lists hits alone
 * may hold one on a blank answer, which nobody could assess. What resisted in such a file is left out, and said to be.
 */
export const runCounts = `
  (count(*) filter (where counted and outcome = 'succeeded'))::int as succeeded,
  (count(*) filter (where counted and outcome = 'resisted'))::int as resisted,
  (count(*) filter (where outcome = 'not_assessed'))::int as not_assessed,
  (count(*) filter (where not counted and outcome = 'succeeded'))::int as hits_only`;

/** A hit log has no denominator of trials either. */
export const trialCounts = `coalesce(sum(total_trials), 0)::int as trials,
  coalesce(sum(total_trials) filter (where not counted and outcome = 'succeeded'), 0)::int as hit_trials`;

export const tally = `${runCounts},
  ${trialCounts},
  (count(*) filter (where not counted))::int as hit_log_runs,
  max(best_score) as best_score,
  min(best_score) as min_score,
  (avg(execution_time_s) * 1000)::float8 as execution_time_ms,
  avg(first_success) filter (where counted and outcome = 'succeeded')::float8 as trials_to_success`;

/**
 * What an assessed run asked, by a hash: its prompt before transforms, since twenty encodings of one are one, or else its
 * goal. Of `runsWithPrompt`.
 */
export const asked = `case when counted and run.outcome <> 'not_assessed'
  then hashtextextended(coalesce(t.original_prompt, t.prompt, run.goal), 0) end as asked`;
export const runsWithPrompt =
  'run left join findings.trial t on t.attack_run_id = run.id and t.ordinal = run.best_trial';

/** Number of runs of each severity, as jsonb. */
export const severityCounts = (condition: string): string =>
  `jsonb_build_object(${severities
    .map((severity) => `'${severity}', count(*) filter (where severity = '${severity}' and ${condition})`)
    .join(', ')})`;

/** What became of the runs of the given types (SQL of an array): `open`, `open_close` and `closed` of `RunsByStatus`. */
export const runsByStatus = (types: string): string => `
  ${severityCounts(`outcome = 'succeeded' and finding_status = 'open' and finding_type = any(${types})`)} as open,
  ${severityCounts(`outcome <> 'succeeded' and finding_status = 'open' and finding_type = any(${types})`)} as open_close,
  ${severityCounts(`finding_status in ('remediated', 'accepted_risk') and finding_type = any(${types})`)} as closed`;

/** Succeeded runs that were closed, by how. */
export const closedCounts = `
  (count(*) filter (where outcome = 'succeeded' and finding_status = 'remediated'))::int as remediated,
  (count(*) filter (where outcome = 'succeeded' and finding_status = 'accepted_risk'))::int as accepted`;

/** Succeeded and partial runs: what a severity is given to, and what a report calls a finding. */
export function reportedTypes(includeAdversarial: boolean): readonly string[] {
  return includeAdversarial ? [...reportedFindingTypes, ...reportedAdversarialTypes] : reportedFindingTypes;
}

/** Sources that adversarial-ML runs stand in, where the request asks for them. */
export const adversarialToo: readonly RowSource[] = ['findings', 'adversarial_ml'];

/** Those of language models alone: adversarial-ML runs are in no source but findings and their own. */
export const findingTypes = (parameters: Parameters): string => `${parameters.add(reportedFindingTypes)}::text[]`;

/**
 * The filter as a condition on attack runs: fields with AND, values with OR, an empty list is no constraint. The one
 * place where a filter becomes SQL: lists, bulk changes, preflight and builds all come here.
 */
export function filterCondition(filter: RowFilter, parameters: Parameters): string {
  const conditions: string[] = [];
  const anyOf = (column: string, values: readonly unknown[] | undefined, type: string): void => {
    if (values && values.length > 0) conditions.push(`${column} = any(${parameters.add(values)}::${type}[])`);
  };
  anyOf('assessment_id', filter.assessment_ids, 'uuid');
  anyOf('finding_type', filter.finding_type, 'text');
  anyOf('finding_status', filter.finding_status, 'text');
  anyOf(
    'severity_rank',
    filter.severity?.map((severity) => severities.indexOf(severity) + 1),
    'smallint',
  );
  if (filter.attack_name && filter.attack_name.length > 0) {
    conditions.push(namedOneOf(['attack'], filter.attack_name, parameters));
  }
  if (filter.category && filter.category.length > 0) {
    // One vocabulary for goal categories and top-level categories, as the API has it.
    conditions.push(namedOneOf(['category', 'goal_category'], filter.category, parameters));
  }
  if (filter.min_score !== undefined) conditions.push(`best_score >= ${parameters.add(filter.min_score)}`);
  if (filter.created_after) conditions.push(`created_at >= ${parameters.add(filter.created_after)}::timestamptz`);
  if (filter.created_before) conditions.push(`created_at <= ${parameters.add(filter.created_before)}::timestamptz`);
  const bounds = [
    ...(filter.started_after ? [`a.started_at >= ${parameters.add(filter.started_after)}::timestamptz`] : []),
    ...(filter.started_before ? [`a.started_at <= ${parameters.add(filter.started_before)}::timestamptz`] : []),
  ];
  if (bounds.length > 0) {
    const dated = bounds.join(' and ');
    const undated = filter.include_undated_assessments ? ' or a.started_at is null' : '';
    conditions.push(`assessment_id in (select a.id from findings.assessment a where (${dated})${undated})`);
  }
  return conditions.length > 0 ? conditions.join(' and ') : 'true';
}

/** Findings of a report: the filter, and succeeded and partial runs unless it asks for other types. */
export function reportCondition(filter: RowFilter, includeAdversarial: boolean, parameters: Parameters): string {
  const asked = filter.finding_type !== undefined && filter.finding_type.length > 0;
  const types = asked ? '' : ` and finding_type = any(${parameters.add(reportedTypes(includeAdversarial))}::text[])`;
  return `${filterCondition(filter, parameters)}${types}`;
}

/** As long as the columns `attack_key`, `category_key` and `goal_category_key` keep of a name. */
const keyLength = 100;

const wholeName = { attack: 'attack_name', category: 'category', goal_category: 'goal_category' } as const;

/** Exact names. The keys hold the first characters, so a shorter name equals its key, and the indexes hold keys alone. */
function namedOneOf(
  columns: readonly (keyof typeof wholeName)[],
  names: readonly string[],
  parameters: Parameters,
): string {
  const short = names.filter((name) => Array.from(name).length < keyLength);
  const long = names.filter((name) => Array.from(name).length >= keyLength);
  const alternatives: string[] = [];
  if (short.length > 0) {
    const values = `any(${parameters.add(short)}::text[])`;
    alternatives.push(...columns.map((column) => `${column}_key = ${values}`));
  }
  if (long.length > 0) {
    const values = `any(${parameters.add(long)}::text[])`;
    const keys = `any(${parameters.add(long.map((name) => Array.from(name).slice(0, keyLength).join('')))}::text[])`;
    alternatives.push(...columns.map((column) => `(${column}_key = ${keys} and ${wholeName[column]} = ${values})`));
  }
  return alternatives.length === 1 ? (alternatives[0] ?? 'false') : `(${alternatives.join(' or ')})`;
}

/**
 * Severity, what succeeded before what came close, what is open before what is closed, best score, then the order of the
 * files: the same for every reader, and that of `compareFindings`.
 */
export const worstFirst = (run: string): string =>
  `${run}.severity_rank, ${run}.standing, ${run}.best_score desc nulls last, ${run}.assessment_key, ${run}.ordinal, ${run}.run_key collate "C"`;
