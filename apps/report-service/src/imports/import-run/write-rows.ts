import type { PoolClient } from 'pg';
import { columnNames, runColumns, severitySql, trialColumns } from '#domain';
import type { ReadFacts } from './read-in-thread.ts';

export const supersedeOlder = `
  update findings.attack_run r set superseded_by = w.import_id
  from winner w
  where w.assessment_id = r.assessment_id and r.run_key = w.run and r.project_id = $1
    and r.superseded_by is null and not w.present`;

/**
 * The same file read again replaces what it gave before, also where this release tells its runs apart by other keys than an
 * earlier one did.
 */
export const supersedeSameFile = `
  update findings.attack_run r set superseded_by = own.id
  from findings.import_run own, findings.import_run earlier
  where own.id = $1 and earlier.project_id = own.project_id and earlier.sha256 = own.sha256 and earlier.id <> own.id
    and earlier.status = 'completed' and r.import_id = earlier.id and r.superseded_by is null
    and r.assessment_id in (select assessment_id from winner where not present)`;

const weight = severitySql({
  human: 'human_severity',
  source: 'source_severity',
  byCategory: 'default_severity',
  type: 'type',
  outcome: 'outcome',
  graded: 'graded',
  score: 'best_score',
  category: 'category',
  goalCategory: 'goal_category',
  policy: 'policy',
  scoreMeaning: 'scores_are',
});

/** Each column of a run and what it gets from `weighed`: what the file tells as it is, and what is found. */
const runValues = {
  ...Object.fromEntries(columnNames(runColumns).map((column) => [column, column])),
  id: 'run_id',
  organization_id: '$1',
  project_id: '$2',
  assessment_id: 'assessment_id',
  import_id: 'import_id',
  run_key: 'run',
  ordinal: '(row_number() over (partition by assessment order by first_row, run))::int',
  outcome: 'outcome',
  finding_type: 'type',
  finding_status: `coalesce(finding_status, 'open')`,
  severity: 'coalesce(human_severity, told_severity, found_severity)',
  severity_source: `case when human_severity is not null then 'human'
    when told_severity is not null then told_severity_source else found_severity_source end`,
  source_severity: `coalesce(source_severity, case when told_severity_source = 'source' then told_severity end)`,
  graded: 'graded',
  score_meaning: 'scores_are',
  hits_only: 'hits_only',
  compliance_source: `case when compliance <> '{}' then compliance_source end`,
  best_score: 'best_score',
  best_trial: 'best_trial',
  total_trials: 'trials',
  succeeded_trials: 'succeeded_trials',
  not_assessed_trials: 'not_assessed_trials',
  blocked_trials: 'blocked_trials',
  // Hits alone do not say which try was the first to succeed.
  first_success: 'case when not hits_only then first_success end',
  not_assessed_reason: `case when outcome = 'not_assessed' then coalesce(reason, 'not_evaluated') end`,
  suspected_target_error: 'suspected',
  source_ref: `coalesce(source_ref, best_source, 'row ' || row)`,
  created_at: 'coalesce(created_at, now())',
};

export const insertRuns = `
  with judged as (
    select w.*, s.best_score, s.best_trial, s.first_success, s.reason, s.best_source,
      coalesce(s.trials, 0) as trials, coalesce(s.succeeded, 0) as succeeded_trials,
      coalesce(s.not_assessed, 0) as not_assessed_trials, coalesce(s.suspected, false) as suspected,
      coalesce(s.blocked, 0) as blocked_trials,
      case when s.succeeded > 0 then 'succeeded' when s.any_resisted then 'resisted' else 'not_assessed' end as outcome,
      w.scores_are = 'graded' and exists (
        select from grading_judge g where g.assessment = w.assessment and g.detector = coalesce(s.best_detector, '')
      ) as graded
    from winner w left join summed s on s.run_id = w.run_id
    where not w.present
  ), typed as (
    select *, case
        when told_finding_type is not null then told_finding_type
        when attack_domain = 'adversarial_ml' and finding_type is not null and outcome <> 'not_assessed' then finding_type
        when outcome = 'succeeded' then 'jailbreak'
        when outcome = 'resisted' and best_score >= $3 and scores_are = 'graded' then 'partial'
        when outcome = 'resisted' then 'refusal'
        else 'error' end as type
    from judged
  ), weighed as (
    select *, ${weight.severity} as found_severity, ${weight.source} as found_severity_source
    from typed
  ), inserted as (
    insert into findings.attack_run (${Object.keys(runValues).join(', ')})
    select ${Object.values(runValues).join(', ')}
    from weighed
    returning outcome, suspected_target_error
  )
  select count(*)::int as attack_runs,
    (count(*) filter (where outcome = 'succeeded'))::int as succeeded,
    (count(*) filter (where outcome = 'resisted'))::int as resisted,
    (count(*) filter (where outcome = 'not_assessed'))::int as not_assessed,
    (count(*) filter (where suspected_target_error))::int as suspected_target_errors
  from inserted`;

/** What a person decided about a run outlives its next import. */
export const carryOverTriage = `
  update findings.attack_run new set
    finding_status = old.finding_status,
    notes = coalesce(old.notes, new.notes),
    finding_type = case when old.found_type is null then new.finding_type else old.finding_type end,
    found_type = case when old.found_type is null then new.found_type else new.finding_type end,
    severity = case when old.severity_source = 'human' then old.severity else new.severity end,
    severity_source = case when old.severity_source = 'human' then 'human' else new.severity_source end
  from findings.attack_run old
  where new.import_id in (select import_id from staged_source) and old.superseded_by = new.import_id
    and old.assessment_id = new.assessment_id and old.run_key = new.run_key
    and (old.finding_status <> 'open' or old.notes is not null or old.severity_source = 'human'
      or old.found_type is not null)`;

const trialValues = {
  attack_run_id: 'k.run_id',
  ordinal: 'k.ordinal',
  organization_id: '$1',
  trial_key: 't.trial',
  ...Object.fromEntries(columnNames(trialColumns).map((column) => [column, `t.${column}`])),
  secondary_scores: `coalesce(t.secondary_scores, '{}') || coalesce(k.other_scores, '{}')`,
  secondary_verdicts: `nullif(coalesce(t.secondary_verdicts, '{}') || coalesce(k.other_verdicts, '{}'), '{}')`,
};

export const insertTrials = `
  insert into findings.trial (${Object.keys(trialValues).join(', ')})
  select ${Object.values(trialValues).join(', ')}
  from staged_trial t join kept_trial k on k.place = t.ctid`;

export async function addAttackFacts(client: PoolClient, facts: ReadFacts, importId: string): Promise<void> {
  for (const attack of facts.attackFacts.values()) {
    await client.query(
      `update findings.attack_run set source_grade = coalesce($5, source_grade),
         compliance_source = case when $4::jsonb <> '{}' then $6 else compliance_source end,
         compliance_table = case when $4::jsonb <> '{}' then $7 else compliance_table end,
         compliance = (
           select coalesce(jsonb_object_agg(framework, items), '{}') from (
             select framework, jsonb_agg(distinct item order by item) as items
             from (select * from jsonb_each(compliance) union all select * from jsonb_each($4)) as tag(framework, list),
               jsonb_array_elements_text(list) as element(item)
             group by framework) merged)
       where import_id = $1 and attack_name = $3
         and assessment_id = (select id from staged_assessment where key = $2)`,
      [
        importId,
        attack.assessment,
        attack.attack_name,
        attack.compliance,
        attack.source_grade ?? null,
        attack.compliance_source ?? null,
        attack.compliance_table ?? null,
      ],
    );
  }
}
