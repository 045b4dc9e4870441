import { ownSource } from './restore-sources.ts';

/**
 * One row a run. `present`: a file with hits only adds nothing to a run that the assessment's own report already holds.
 * Files that say each run once skip the sort that finding versions takes.
 */
export function pickWinners(doubled: boolean, accumulates: boolean): string {
  const latest = accumulates ? 'row' : 'row desc';
  const source = doubled
    ? `(select distinct on (assessment, run) *, min(row) over (partition by assessment, run) as first_row
        from staged_run order by assessment, run, rank desc, ${latest})`
    : '(select *, row as first_row from staged_run)';
  return `create temp table winner on commit drop as
    select gen_random_uuid() as run_id, s.*, a.id as assessment_id, coalesce(s.score_meaning, a.score_meaning) as scores_are,
      a.policy, o.import_id, coalesce(f.coverage = 'hits_only', false) as hits_only,
      (a.known and a.coverage = 'hits_only' and exists (
        select from findings.attack_run r
        join findings.assessment_import i on i.assessment_id = r.assessment_id and i.import_id = r.import_id
        where r.assessment_id = a.id and r.run_key = s.run and r.superseded_by is null and i.coverage = 'full'
      )) as present
    from ${source} s join staged_assessment a on a.key = s.assessment
    join staged_source o on o.key = coalesce(s.source, '${ownSource}')
    left join findings.assessment_import f on f.assessment_id = a.id and f.import_id = o.import_id;
    create index on winner (assessment, run)`;
}

/**
 * Trials that count, one a key: a further record of the same exchange is another judge, kept as a secondary score.
 * Holds what is decided with and where the staged row lies (`place`), not the texts: they are copied once, at the end.
 */
export function keepTrials(doubled: boolean, accumulates: boolean): string {
  const version = accumulates ? '' : 'and t.rank = w.rank and t.row = w.row';
  const joined = `select w.run_id, t.ctid as place, t.assessment, t.run, t.trial, t.row, t.outcome, t.score, t.detector,
      t.not_assessed_reason, t.suspected_target_error, t.blocked_by_filter, t.source_ref,
      coalesce(t.secondary_verdicts, '{}') <> '{}' as judged_again
    from staged_trial t
    join winner w on w.assessment = t.assessment and w.run = t.run ${version}
    where not w.present and (not t.stands_in or not exists (
      select from staged_trial o where o.assessment = t.assessment and o.run = t.run and not o.stands_in))`;
  const rows = doubled
    ? `(select distinct on (run_id, trial) *,
          jsonb_object_agg(coalesce(detector, 'detector of row ' || row), score) filter (where repeat > 1)
            over (partition by run_id, trial) as other_scores,
          jsonb_object_agg(detector, outcome) filter (where repeat > 1 and detector is distinct from first_detector and detector is not null)
            over (partition by run_id, trial) as other_verdicts
        from (select *, row_number() over same_trial as repeat, first_value(detector) over same_trial as first_detector
          from (${joined}) j window same_trial as (partition by run_id, trial order by row)) numbered
        order by run_id, trial, repeat)`
    : `(select j.*, null::jsonb as other_scores, null::jsonb as other_verdicts from (${joined}) j)`;
  return `create temp table kept_trial on commit drop as
    select *, (row_number() over (partition by run_id order by row, trial))::int as ordinal from ${rows} kept`;
}

/** Any trial succeeded → succeeded; else any resisted → resisted; else not assessed, also without a trial. */
export const sumUpTrials = `
  create temp table summed on commit drop as
  select run_id, count(*)::int as trials,
    (count(*) filter (where outcome = 'succeeded'))::int as succeeded,
    (count(*) filter (where outcome = 'not_assessed'))::int as not_assessed,
    bool_or(outcome = 'resisted') as any_resisted,
    max(score) filter (where outcome <> 'not_assessed') as best_score,
    min(ordinal) filter (where outcome = 'succeeded') as first_success,
    (array_agg(ordinal order by array_position(array['succeeded', 'resisted', 'not_assessed'], outcome),
       score desc nulls last, ordinal))[1] as best_trial,
    (array_agg(detector order by array_position(array['succeeded', 'resisted', 'not_assessed'], outcome),
       score desc nulls last, ordinal))[1] as best_detector,
    (array_agg(source_ref order by array_position(array['succeeded', 'resisted', 'not_assessed'], outcome),
       score desc nulls last, ordinal))[1] as best_source,
    (array_agg(not_assessed_reason order by ordinal) filter (where not_assessed_reason is not null))[1] as reason,
    bool_or(suspected_target_error) as suspected,
    (count(*) filter (where blocked_by_filter))::int as blocked
  from kept_trial group by run_id;
  create unique index on summed (run_id);
  analyze summed;
  -- A judge whose scores are only ever 0 and 1 grades nothing: its score is a verdict, not a severity.
  create temp table grading_judge on commit drop as
  select distinct t.assessment, coalesce(t.detector, '') as detector
  from kept_trial t where t.score is not null and t.score <> 0 and t.score <> 1`;

/** Rows of the file that gave neither a run of their own nor a trial. Without repeats only runs already in can fold. */
export const countFolded = (doubled: boolean): string => `
  select case when not ${String(doubled)} and not exists (select from winner where present) then 0 else (
    select count(*) from (
      select assessment, row from staged_run union select assessment, row from staged_trial
      except select assessment, row from winner where not present
      except select assessment, row from kept_trial
    ) rows
  ) end::int as folded`;
