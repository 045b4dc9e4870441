import type { Describe } from './row-query.ts';

/**
 * Who judged, and how often another judge of the same run says otherwise. Of a run with several trials a judge's verdict is
 * as ours: succeeded where it says so of any trial. Runs without a denominator are judged, but not compared.
 */
export const judges: Describe = () => ({
  rows: `select target_key, primary_judge as "primary", null::text as other, 0 as both, 0 as only_primary, 0 as only_other,
      0 as neither, count(*)::int as primary_runs
    from judged group by target_key, primary_judge
    union all
    select j.target_key, j.primary_judge, o.judge,
      (count(*) filter (where j.succeeded and o.succeeded))::int, (count(*) filter (where j.succeeded and not o.succeeded))::int,
      (count(*) filter (where not j.succeeded and o.succeeded))::int, (count(*) filter (where not j.succeeded and not o.succeeded))::int,
      (select count(*)::int from judged p
       where p.target_key = j.target_key and p.primary_judge is not distinct from j.primary_judge)
    from judged j join other_verdict o on o.id = j.id
    where j.counted
    group by j.target_key, j.primary_judge, o.judge`,
  extra: `judged as materialized (
    select run.id, run.target_key, run.counted, run.outcome = 'succeeded' as succeeded,
      coalesce(t.detector, run.evaluator_model, f.detector, run.assessment_judge) as primary_judge
    from run
    left join findings.trial t on t.attack_run_id = run.id and t.ordinal = run.best_trial
    left join findings.assessment_import f on f.assessment_id = run.assessment_id and f.import_id = run.import_id
    where run.outcome <> 'not_assessed'
  ), other_verdict as (
    select j.id, o.judge, bool_or(o.verdict = 'succeeded') as succeeded
    from judged j join findings.trial t on t.attack_run_id = j.id, jsonb_each_text(t.secondary_verdicts) as o(judge, verdict)
    where t.secondary_verdicts <> '{}' and o.verdict in ('succeeded', 'resisted')
    group by j.id, o.judge
  )`,
  read: 'select * from rows order by target_key, "primary" nulls first, other nulls first',
});
