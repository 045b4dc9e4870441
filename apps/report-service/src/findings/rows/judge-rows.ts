import type { Describe } from './row-query.ts';

/**
 * Who judged, and how often another judge says otherwise: of the trials of a run that both judged, each by the same rule,
 * succeeded where it says so of any. Runs without a denominator are judged, but not compared.
 */
export const judges: Describe = () => ({
  rows: `select target_key, primary_judge as "primary", null::text as other, 0 as both, 0 as only_primary, 0 as only_other,
      0 as neither, count(*)::int as primary_runs
    from judged group by target_key, primary_judge
    union all
    select o.target_key, o.primary_judge, o.judge,
      (count(*) filter (where o.ours and o.theirs))::int, (count(*) filter (where o.ours and not o.theirs))::int,
      (count(*) filter (where not o.ours and o.theirs))::int, (count(*) filter (where not o.ours and not o.theirs))::int,
      (select count(*)::int from judged p
       where p.target_key = o.target_key and p.primary_judge is not distinct from o.primary_judge)
    from other_verdict o
    group by o.target_key, o.primary_judge, o.judge`,
  extra: `judged as materialized (
    select run.id, run.target_key, run.counted, run.outcome = 'succeeded' as succeeded,
      coalesce(t.detector, run.evaluator_model, f.detector, run.assessment_judge) as primary_judge
    from run
    left join findings.trial t on t.attack_run_id = run.id and t.ordinal = run.best_trial
    left join findings.assessment_import f on f.assessment_id = run.assessment_id and f.import_id = run.import_id
    where run.outcome <> 'not_assessed'
  ), other_verdict as (
    select j.target_key, coalesce(t.detector, j.primary_judge) as primary_judge, o.judge,
      bool_or(t.outcome = 'succeeded') as ours, bool_or(o.verdict = 'succeeded') as theirs
    from judged j join findings.trial t on t.attack_run_id = j.id, jsonb_each_text(t.secondary_verdicts) as o(judge, verdict)
    where j.counted and t.outcome <> 'not_assessed' and t.secondary_verdicts <> '{}' and o.verdict in ('succeeded', 'resisted')
    group by j.id, j.target_key, coalesce(t.detector, j.primary_judge), o.judge
  )`,
  read: 'select * from rows order by target_key, "primary" nulls first, other nulls first',
});
