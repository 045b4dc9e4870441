/** Characters of one text that a list shows, and that a single finding shows; what is left out is counted in its place. */
export const textLimits = { list: 1_000, detail: 100_000 } as const;

/** Trials that stand in a finding, best first. */
export const topTrials = { list: 3, detail: 10 } as const;

const cut = (text: string, limit: number): string =>
  `case when length(${text}) > ${limit} then left(${text}, ${limit}) || '… [' || length(${text}) - ${limit} || ' more characters]' else ${text} end`;

export const isoUtc = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const judgedBeside = (trial: string): string => `nullif(${trial}.secondary_verdicts, '{}')`;
/** Null without a score. */
const converted = (trial: string): string =>
  `case when ${trial}.score is not null then ${trial}.score_scale is not null end`;

/** Columns of a trial `t`, as the API spells them. */
export const trialColumns = (limit: number): string => `
  t.ordinal as step, case when t.outcome = 'not_assessed' then 'failed' else 'finished' end as status, t.outcome, t.score,
  ${cut('coalesce(t.original_prompt, t.prompt)', limit)} as candidate, ${cut('t.prompt', limit)} as transformed_prompt,
  ${cut('t.response', limit)} as response, ${cut('t.reasoning', limit)} as judge_reasoning,
  case when t.score is null then '{}'::jsonb else jsonb_build_object(coalesce(t.detector, 'score'), t.score) end as scores,
  coalesce(t.secondary_scores, '{}') as secondary_scores, ${judgedBeside('t')} as secondary_verdicts, t.source_score,
  t.score_scale, ${converted('t')} as score_converted, t.blocked_by_filter, t.detector, t.not_assessed_reason, t.execution_time_ms,
  t.source_ref`;

/** Worst first: what succeeded, by score, then in the order of the file. */
const bestFirst = `array_position(array['succeeded', 'resisted', 'not_assessed'], t.outcome), t.score desc nulls last, t.ordinal`;

/**
 * Columns of a finding, from an attack run `r`, its assessment `a`, its best trial `b` and its trials; `findingJoins` has
 * the tables.
 */
export const findingColumns = (limit: number): string => `
  r.id, r.project_id, r.assessment_id, a.name as assessment_name, r.attack_name, r.attack_domain, r.adversarial_class,
  coalesce(r.attacker_model, a.attacker_model) as attacker_model,
  coalesce(r.evaluator_model, a.judge_model) as evaluator_model,
  coalesce(r.target_model, a.target_model) as target_model,
  ${cut('coalesce(b.original_prompt, b.prompt)', limit)} as best_candidate,
  ${cut('b.prompt', limit)} as best_transformed_prompt, ${cut('b.response', limit)} as best_response,
  ${cut('b.reasoning', limit)} as best_judge_reasoning, r.best_score,
  b.source_score as best_source_score, b.score_scale as best_score_scale, ${converted('b')} as best_score_converted,
  r.score_meaning, ${judgedBeside('b')} as best_secondary_verdicts, ${cut('r.goal', limit)} as goal, r.goal_category,
  r.category, r.sub_category, r.risk_domain, r.compliance as compliance_tags, r.compliance_source,
  r.compliance_table, r.transforms as transforms_applied,
  r.distance_norm, r.distance_value, r.execution_time_s, r.outcome, r.outcome = 'succeeded' as is_jailbreak,
  r.not_assessed_reason, r.suspected_target_error, r.finding_type, r.finding_status, r.severity, r.severity_source,
  r.status, ${cut('r.notes', limit)} as notes, r.total_trials, r.total_trials - r.not_assessed_trials as finished_trials,
  r.blocked_trials,
  case when not r.hits_only then r.succeeded_trials::float8 / nullif(r.total_trials - r.not_assessed_trials, 0) end as pass_rate,
  r.source_ref,
  ${isoUtc('coalesce(r.completed_at, a.completed_at)')} as completed_at, ${isoUtc('r.created_at')} as created_at,
  ${isoUtc('r.updated_at')} as updated_at, top.trials as top_trials`;

export const findingJoins = (limit: number, trials: number): string => `
  join findings.assessment a on a.id = r.assessment_id
  left join findings.trial b on b.attack_run_id = r.id and b.ordinal = r.best_trial
  cross join lateral (
    select coalesce(jsonb_agg(to_jsonb(trial)), '[]') as trials from (
      select ${trialColumns(limit)} from findings.trial t where t.attack_run_id = r.id order by ${bestFirst} limit ${trials}
    ) trial
  ) top`;
