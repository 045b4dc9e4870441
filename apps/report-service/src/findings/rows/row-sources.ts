import type { RowRequest } from '#contracts';
import { type RowSource, severitySources } from '#domain';
import { categorySources } from './category-sources.ts';
import { complianceSources } from './compliance-sources.ts';
import { judges } from './judge-rows.ts';
import { leftOut } from './left-out-rows.ts';
import { liftStrata } from './lift-strata.ts';
import {
  adversarialToo,
  asked,
  broughtRuns,
  closedCounts,
  type Describe,
  findingTypes,
  Parameters,
  reportCondition,
  runCounts,
  runsByStatus,
  runsInScope,
  runsWithPrompt,
  severityCounts,
  tally,
  targetKey,
  trialCounts,
  worstFirst,
} from './row-query.ts';

/** One source as SQL. `rows` alone is counted; `read` is the same rows with all that a report prints of them. */
interface RowStatement {
  readonly with: string;
  readonly rows: string;
  readonly read: string;
  readonly parameters: readonly unknown[];
}

/** A resolver a source; preflight counts and builds stream the same statement. */
const sources: Readonly<Record<RowSource, Describe>> = {
  targets: (parameters, request) => {
    const types = findingTypes(parameters);
    const watermark = `${parameters.add(request.watermark)}::uuid[]`;
    return {
      rows: `select target_key, min(target) as name, array_agg(distinct assessment_name) as assessments, ${runCounts}, ${trialCounts},
          ${runsByStatus(types)},
          ${severityCounts(`not counted and outcome = 'succeeded' and finding_status = 'open' and finding_type = any(${types})`)} as open_hits,
          ${closedCounts}, (count(*) filter (where suspected_target_error))::int as suspected_target_errors,
          coalesce(sum(blocked_trials), 0)::int as blocked_trials,
          (count(*) filter (where counted and outcome = 'resisted' and not_assessed_trials > 0))::int as resisted_in_part,
          count(distinct goal)::int as distinct_goals,
          min(severity_rank) filter (where outcome = 'succeeded' and finding_status = 'open' and finding_type = any(${types})) as worst
        from run group by target_key`,
      extra: `aside as (
        select ${targetKey('r', 'a')} as target_key, count(*)::int as dismissed
        from findings.attack_run r join assessment a on a.id = r.assessment_id
        where r.import_id = any(${watermark}) and (r.superseded_by is null or not r.superseded_by = any(${watermark}))
          and r.finding_status in ('false_positive', 'incorrect_scoring') and r.attack_domain is distinct from 'adversarial_ml'
        group by 1
      )`,
      read: `select rows.target_key, name, assessments, succeeded, resisted, not_assessed, hits_only, trials, hit_trials, open, open_close, closed,
          open_hits, remediated, accepted, coalesce(aside.dismissed, 0) as dismissed, suspected_target_errors, blocked_trials,
          resisted_in_part, distinct_goals
        from rows left join aside on aside.target_key = rows.target_key
        order by worst nulls last, succeeded::float8 / nullif(succeeded + resisted, 0) desc nulls last, rows.target_key collate "C"`,
    };
  },

  assessments: (parameters, request) => {
    const types = findingTypes(parameters);
    const watermark = `${parameters.add(request.watermark)}::uuid[]`;
    const none = `'{"critical":0,"high":0,"medium":0,"low":0,"info":0}'::jsonb`;
    return {
      rows: 'select id from assessment',
      extra: `totals as (
        select assessment_id, array_agg(distinct target_key) as target_keys, ${runCounts}, ${trialCounts},
               (count(*) filter (where suspected_target_error))::int as suspected_target_errors,
               ${severityCounts(`finding_type = any(${types})`)} as severities, ${runsByStatus(types)}, ${closedCounts}
        from run group by assessment_id
      ), stored as (
        select assessment_id, import_id, count(*)::int as runs, (count(*) filter (where current))::int as current,
               (count(*) filter (where current and finding_status in ('false_positive', 'incorrect_scoring')
                 and attack_domain is distinct from 'adversarial_ml'))::int as dismissed,
               (count(*) filter (where current and attack_domain = 'adversarial_ml'))::int as adversarial_ml_runs
        from (
          select *, superseded_by is null or not superseded_by = any(${watermark}) as current
          from findings.attack_run
          where assessment_id in (select id from assessment) and import_id = any(${watermark})
        ) r
        group by assessment_id, import_id
      ), aside as (
        select assessment_id, sum(dismissed)::int as dismissed, sum(adversarial_ml_runs)::int as adversarial_ml_runs,
               sum(current)::int as current
        from stored group by assessment_id
      )`,
      // A file whose every run a later one brought again is no source any more; one that added none to others says nothing here.
      read: `select a.id, a.name, a.target_model, a.attacker_model, a.judge_model,
          ${isoUtc('a.started_at')} as started_at, ${isoUtc('a.completed_at')} as completed_at,
          case when s.counted then 'full' else 'hits_only' end as coverage,
          coalesce(t.target_keys, array[${targetKey('a', 'a')}]) as target_keys,
          coalesce(t.succeeded, 0) as succeeded, coalesce(t.resisted, 0) as resisted,
          coalesce(t.not_assessed, 0) as not_assessed, coalesce(t.hits_only, 0) as hits_only,
          coalesce(t.trials, 0) as trials, coalesce(t.hit_trials, 0) as hit_trials,
          coalesce(t.severities, ${none}) as severities, coalesce(t.open, ${none}) as open,
          coalesce(t.open_close, ${none}) as open_close, coalesce(t.closed, ${none}) as closed,
          coalesce(t.remediated, 0) as remediated, coalesce(t.accepted, 0) as accepted,
          a.complete_policy as severity_policy,
          coalesce(x.dismissed, 0) as dismissed,
          coalesce(t.suspected_target_errors, 0) as suspected_target_errors,
          coalesce(x.adversarial_ml_runs, 0) as adversarial_ml_runs,
          (select coalesce(jsonb_agg(jsonb_build_object(
              'file_name', i.file_name, 'sha256', i.sha256, 'format', i.format, 'coverage', f.coverage,
              'runs', coalesce(own.current, 0), 'threshold', f.threshold,
              'detector', case when speaks then f.detector end,
              'source_reported', case when speaks then f.source_reported end,
              'file_reported', case when speaks then i.source_reported end,
              'primary_rule', case when speaks then f.primary_rule end,
              'warnings', case when speaks then i.warnings else '[]' end
            ) order by i.file_name, i.sha256, i.options_hash), '[]')
           from findings.assessment_import f join findings.import_run i on i.id = f.import_id
           left join stored own on own.assessment_id = f.assessment_id and own.import_id = f.import_id
           cross join lateral (select own.current > 0 or coalesce(x.current, 0) = 0 as speaks) said
           where f.assessment_id = a.id and i.id = any(${watermark})
             and (own.current > 0 or coalesce(x.current, 0) = 0 or ${broughtRuns} = 0)) as sources
        from assessment s
        join findings.assessment a on a.id = s.id
        left join totals t on t.assessment_id = a.id
        left join aside x on x.assessment_id = a.id
        order by a.started_at nulls last, a.name, a.key`,
    };
  },

  severities: (parameters) => ({
    rows: `select target_key, severity, min(severity_rank) as rank,
        (count(*) filter (where finding_status = 'open' and outcome = 'succeeded'))::int as succeeded,
        (count(*) filter (where finding_status = 'open' and outcome <> 'succeeded'))::int as partial,
        (count(*) filter (where finding_status = 'remediated'))::int as remediated,
        (count(*) filter (where finding_status = 'accepted_risk'))::int as accepted,
        jsonb_strip_nulls(jsonb_build_object(${severitySources
          .map(
            (source) =>
              `'${source}', nullif(count(*) filter (where severity_source = '${source}' and not by_policy), 0)`,
          )
          .join(', ')})) as sources,
        (count(*) filter (where by_policy))::int as by_policy
      from run
      where severity is not null and finding_type = any(${findingTypes(parameters)})
      group by target_key, severity`,
    read: `select target_key, severity, succeeded, partial, remediated, accepted, sources, by_policy
      from rows order by rank, target_key`,
  }),

  asr_by_attack: () => grouped('attack_name'),
  asr_by_category: () => ({
    rows: `select target_key, category as name, ${tally} from asking group by target_key, category`,
    // Narrow: of whole runs that are read twice PostgreSQL writes a copy to disk.
    extra: `asking as materialized (
      select run.target_key, run.category, run.counted, run.outcome, run.total_trials, run.best_score, run.execution_time_s,
        run.first_success, ${asked}
      from ${runsWithPrompt}
    ), distinct_prompts as (
      select target_key, category as name, count(*)::int as "distinct"
      from (select distinct target_key, category, asked from asking where asked is not null) once
      group by target_key, category
    )`,
    read: `select rows.*, coalesce("distinct", 0) as "distinct"
      from rows left join distinct_prompts using (target_key, name) ${byRate('name')}`,
  }),
  asr_by_goal: () => grouped('goal', 'goal is not null'),

  asr_by_transform: () => ({
    rows: `select target_key, transforms, ${tally} from run group by target_key, transforms`,
    read: `select * from rows ${byRate('transforms')}`,
  }),

  attack_by_transform: () => ({
    rows: `select target_key, attack_name as attack, transforms, ${runCounts} from run group by target_key, attack_name, transforms`,
    read: 'select * from rows order by attack, transforms, target_key',
  }),

  lift_strata: liftStrata,
  ...complianceSources,

  findings: (parameters, request) => ({
    // The whole row: a second look for each id costs their square where a fresh import has no statistics yet.
    rows: `select run.* from run where ${reportCondition(request.filter, request.includeAdversarial, parameters)}`,
    read: `select r.id, r.assessment_name as assessment, r.attack_name, r.attack_domain, r.category, r.goal, ${promptStart},
        r.transforms,
        r.outcome, r.finding_type, r.finding_status, r.severity, r.severity_source, r.by_policy, r.best_score, r.compliance,
        r.compliance_source, r.compliance_table, r.score_meaning,
        case when r.counted then 'full' else 'hits_only' end as coverage,
        r.target_key, r.target as target_model, r.evaluator_model, r.total_trials as trials, r.succeeded_trials,
        r.not_assessed_trials, r.blocked_trials, r.not_assessed_reason, r.suspected_target_error, r.distance_norm,
        r.distance_value, r.notes, r.attack_complexity, r.source_grade, r.source_ref,
        ${request.headsOnly ? noTrials : trialsOf}
      order by ${worstFirst('r')}`,
  }),

  ...categorySources,

  not_assessed_reasons: () => ({
    rows: `select target_key, coalesce(not_assessed_reason, 'not_evaluated') as reason, count(*)::int as runs
      from run where outcome = 'not_assessed' group by 1, 2`,
    read: 'select * from rows order by runs desc, reason, target_key',
  }),

  adversarial_ml: (parameters, request) => ({
    rows: `select target_key, attack_name as attack, adversarial_class, distance_norm,
        (count(*) filter (where counted and outcome = 'succeeded'))::int as succeeded,
        (count(*) filter (where counted and outcome = 'resisted' and finding_type = 'degradation'))::int as degraded,
        (count(*) filter (where counted and outcome = 'resisted' and finding_type <> 'degradation'))::int as resisted,
        (count(*) filter (where outcome = 'not_assessed'))::int as not_assessed,
        (count(*) filter (where not counted and outcome = 'succeeded'))::int as hits_only,
        min(distance_value) filter (where outcome = 'succeeded') as best_distance
      from run where attack_domain = 'adversarial_ml' and ${parameters.add(request.includeAdversarial)}::boolean
      group by target_key, attack_name, adversarial_class, distance_norm`,
    read: `select * from rows order by attack, adversarial_class nulls first, distance_norm nulls first, target_key`,
  }),

  judges,
  left_out: leftOut,
};

/** What a finding without a goal is titled by; as much as a title can hold. */
const promptStart = `case when coalesce(btrim(r.goal), '') = '' then (
          select left(coalesce(o.original_prompt, o.prompt), 200) from findings.trial o
          where o.attack_run_id = r.id and o.ordinal = r.best_trial) end as prompt_start`;

/** Of a finding: the scores of its trials, and the texts of its best one. */
const trialsOf = `t.score_scale as best_score_scale, coalesce((select array_agg(s.score order by s.ordinal) from findings.trial s where s.attack_run_id = r.id), '{}') as trial_scores,
        case when t.ordinal is null then null else jsonb_build_object(
          'number', t.ordinal, 'original_prompt', t.original_prompt, 'prompt', t.prompt, 'response', t.response,
          'reasoning', t.reasoning, 'detector', t.detector, 'score', t.score, 'source_score', t.source_score,
          'score_scale', t.score_scale, 'blocked_by_filter', t.blocked_by_filter,
          'secondary_scores', coalesce(t.secondary_scores, '{}'), 'secondary_verdicts', coalesce(t.secondary_verdicts, '{}'),
          'triggers', to_jsonb(coalesce(t.triggers, '{}')), 'turns', coalesce(t.turns, '[]')) end as best_trial
      from rows r
      left join findings.trial t on t.attack_run_id = r.id and t.ordinal = r.best_trial`;
const noTrials = `(select o.score_scale from findings.trial o where o.attack_run_id = r.id and o.ordinal = r.best_trial) as best_score_scale,
        '{}'::float8[] as trial_scores, null as best_trial
      from rows r`;

export function rowStatement(source: RowSource, projectId: string, request: RowRequest): RowStatement {
  const parameters = new Parameters();
  const includeAdversarial = request.includeAdversarial && adversarialToo.includes(source);
  const scope = runsInScope({ projectId, ...request, includeAdversarial }, parameters);
  const { rows, read, extra } = sources[source](parameters, request, projectId);
  return {
    with: [`with ${scope}`, ...(extra ? [extra] : [])].join(', '),
    rows,
    read: read ?? 'select * from rows',
    parameters: parameters.values,
  };
}

/** Highest rate first, then the larger sample, then the name; groups without an assessed run last. */
const byRate = (name: string): string => `order by case when rows.succeeded + rows.resisted = 0 then 1 else 0 end,
    rows.succeeded::float8 / nullif(rows.succeeded + rows.resisted, 0) desc, rows.succeeded + rows.resisted desc, rows.${name}, rows.target_key`;

const grouped = (column: string, where = 'true'): { rows: string; read: string } => ({
  rows: `select target_key, ${column} as name, ${tally} from run where ${where} group by target_key, ${column}`,
  read: `select * from rows ${byRate('name')}`,
});

function isoUtc(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
