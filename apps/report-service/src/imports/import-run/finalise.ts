import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { completePolicy, partialFrom, severitySql } from '#domain';
import { InvalidImport } from '../formats/invalid-import.ts';
import type { ImportCounts } from '../import-row.ts';
import { ownSource, restoreSources } from './restore-sources.ts';
import type { ReadFacts } from './stage-file.ts';
import type { StagedAssessment } from '../formats/staged-record.ts';

export interface FinaliseTarget {
  readonly organizationId: string;
  readonly projectId: string;
  readonly importId: string;
  /** Name for an assessment that the file does not name. */
  readonly fallbackName: string;
  /** False for garak reports: a later version of a run replaces its trials. */
  readonly accumulates: boolean;
}

/**
 * Makes staged rows whole, in the transaction that staged them: which version of a run wins, which trials count, what
 * the run's outcome, best trial, finding type and severity are, and what an earlier import already had.
 */
export async function finalise(client: PoolClient, facts: ReadFacts, target: FinaliseTarget): Promise<ImportCounts> {
  const { organizationId, projectId, importId } = target;
  await restoreSources(client, facts.sources, target);
  await upsertAssessments(client, facts, target);
  await client.query(
    `set local work_mem = '64MB'; analyze staged_run (assessment, run, row); analyze staged_trial (assessment, run, trial)`,
  );
  await refuseStrayTrials(client);

  const { doubled } = await single<{ doubled: boolean }>(
    client,
    `select exists (select from staged_run group by assessment, run having count(*) > 1)
         or exists (select from staged_trial group by assessment, run, trial having count(*) > 1) as doubled`,
  );
  await client.query(pickWinners(doubled, target.accumulates));
  await client.query(keepTrials(doubled, target.accumulates));
  await client.query('analyze winner (assessment, run, run_id); analyze kept_trial (run_id)');
  await client.query(sumUpTrials);
  const { folded } = await single<{ folded: number }>(client, countFolded(doubled));

  await client.query(supersedeOlder, [projectId]);
  const runs = await client.query<ImportCounts>(insertRuns, [organizationId, projectId, partialFrom]);
  await client.query(carryOverTriage);
  const trials = await client.query(insertTrials, [organizationId]);
  if (facts.attackFacts.size > 0) await addAttackFacts(client, facts, importId);
  const counts = runs.rows[0];
  if (!counts) throw new Error('The import gave no counts.');
  return {
    ...counts,
    assessments: facts.assessments.size,
    trials: trials.rowCount ?? 0,
    folded,
  };
}

async function upsertAssessments(client: PoolClient, facts: ReadFacts, target: FinaliseTarget): Promise<void> {
  await client.query(
    `create temp table staged_assessment (key text primary key, id uuid not null, coverage text not null,
       known boolean not null, by_score boolean not null, policy jsonb) on commit drop`,
  );
  for (const assessment of facts.assessments.values()) {
    const coverage = assessment.coverage ?? 'full';
    const { key, said } = await placeOf(client, assessment, target.projectId);
    const row = await single<{ id: string; known: boolean; policy: object | null }>(
      client,
      `insert into findings.assessment as a (id, organization_id, project_id, key, name, description, target_model,
         attacker_model, judge_model, target_config, attacker_config, attack_manifest, severity_policy, started_at, completed_at,
         status, created_at, complete_policy, runtime_id, session_id, workflow_run_id, workflow_script)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, coalesce($17, 'completed'),
         coalesce($18::timestamptz, now()), $19, $20, $21, $22, $23)
       on conflict (project_id, key) do update set
         name = case when $16 then excluded.name else a.name end,
         description = coalesce(excluded.description, a.description),
         target_model = coalesce(excluded.target_model, a.target_model),
         attacker_model = coalesce(excluded.attacker_model, a.attacker_model),
         judge_model = coalesce(excluded.judge_model, a.judge_model),
         target_config = coalesce(excluded.target_config, a.target_config),
         attacker_config = coalesce(excluded.attacker_config, a.attacker_config),
         attack_manifest = coalesce(excluded.attack_manifest, a.attack_manifest),
         severity_policy = coalesce(excluded.severity_policy, a.severity_policy),
         runtime_id = coalesce(excluded.runtime_id, a.runtime_id),
         session_id = coalesce(excluded.session_id, a.session_id),
         workflow_run_id = coalesce(excluded.workflow_run_id, a.workflow_run_id),
         workflow_script = coalesce(excluded.workflow_script, a.workflow_script),
         started_at = coalesce(excluded.started_at, a.started_at),
         completed_at = coalesce(excluded.completed_at, a.completed_at),
         complete_policy = coalesce(excluded.complete_policy, a.complete_policy),
         -- Made by a request and still without a run: this is it.
         status = coalesce($17, case when a.status = 'pending' then 'completed' else a.status end),
         updated_at = now()
       returning id, (xmax <> 0) as known, complete_policy as policy`,
      [
        randomUUID(),
        target.organizationId,
        target.projectId,
        key,
        assessment.name ?? target.fallbackName,
        assessment.description ?? null,
        assessment.target_model ?? null,
        assessment.attacker_model ?? null,
        assessment.judge_model ?? null,
        json(assessment.target_config),
        json(assessment.attacker_config),
        json(assessment.attack_manifest),
        json(assessment.severity_policy),
        assessment.started_at ?? null,
        assessment.completed_at ?? null,
        // The name that a request gave stays, whatever the file calls it.
        assessment.name !== undefined && !said,
        assessment.status ?? null,
        assessment.created_at ?? null,
        json(completePolicy(assessment.severity_policy)),
        assessment.runtime_id ?? null,
        assessment.session_id ?? null,
        assessment.workflow_run_id ?? null,
        assessment.workflow_script ?? null,
      ],
    );
    await client.query(`insert into staged_assessment values ($1, $2, $3, $4, $5, $6)`, [
      assessment.key,
      row.id,
      coverage,
      row.known,
      assessment.score_meaning !== 'ranking_only',
      json(row.policy),
    ]);
    await noteSources(client, row.id, assessment, coverage, target);
  }
}

/** What this import, or each of those that an export brings back, says about the assessment. */
async function noteSources(
  client: PoolClient,
  assessmentId: string,
  assessment: StagedAssessment,
  coverage: string,
  target: FinaliseTarget,
): Promise<void> {
  const { threshold, detector, source_reported, sources } = assessment;
  const own = [{ source: ownSource, coverage, threshold, detector, source_reported }];
  for (const said of sources ?? own) {
    await client.query(
      `insert into findings.assessment_import (assessment_id, import_id, organization_id, coverage, threshold, detector,
         source_reported, facts)
       select $1, import_id, $2, $3, $4, $5, $6, $7 from staged_source where key = $8`,
      [
        assessmentId,
        target.organizationId,
        said.coverage,
        said.threshold ?? null,
        said.detector ?? null,
        json(said.source_reported),
        sources === undefined ? json(factsOf(assessment, target.fallbackName)) : null,
        said.source,
      ],
    );
  }
}

/** The columns of an assessment that a file gives; kept for the day on which another import of it is deleted. */
const factsOf = (assessment: StagedAssessment, fallbackName: string): object => ({
  fallback_name: fallbackName,
  name: assessment.name,
  description: assessment.description,
  target_model: assessment.target_model,
  attacker_model: assessment.attacker_model,
  judge_model: assessment.judge_model,
  target_config: assessment.target_config,
  attacker_config: assessment.attacker_config,
  attack_manifest: assessment.attack_manifest,
  severity_policy: assessment.severity_policy,
  runtime_id: assessment.runtime_id,
  session_id: assessment.session_id,
  workflow_run_id: assessment.workflow_run_id,
  workflow_script: assessment.workflow_script,
  started_at: assessment.started_at,
  completed_at: assessment.completed_at,
  status: assessment.status,
});

/**
 * Which assessment of the project a file's assessment is: the one of the same key, else the one whose id the file names,
 * else the newest that a request made under that name.
 */
async function placeOf(
  client: PoolClient,
  { key, name }: StagedAssessment,
  projectId: string,
): Promise<{ readonly key: string; readonly said: boolean }> {
  const { rows } = await client.query<{ id: string; key: string; said: boolean }>(
    `select id, key, made_by_request as said from findings.assessment
     where project_id = $1 and (key = $2 or id::text = lower($2) or made_by_request and name = $3)
     order by key = $2 desc, id::text = lower($2) desc, created_at desc limit 1`,
    [projectId, key, name ?? null],
  );
  const [found] = rows;
  if (!found) return { key, said: false };
  const { rowCount } = await client.query('select from staged_assessment where id = $1', [found.id]);
  if (rowCount) {
    const msg = `names the assessment ${found.id} more than once`;
    throw new InvalidImport([{ loc: ['file'], msg, type: 'duplicate_reference' }]);
  }
  return found;
}

/** Trials that name a run the file does not have. Dropping them would change the numbers without a word. */
async function refuseStrayTrials(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ row: number; run: string }>(
    `select row, left(run, 100) as run from staged_trial t
     where not exists (select from staged_run r where r.assessment = t.assessment and r.run = t.run) order by row limit 50`,
  );
  if (rows.length === 0) return;
  throw new InvalidImport(
    rows.map(({ row, run }) => ({
      loc: ['line', row, 'attack_run'],
      msg: `names no attack run of this file: ${run}`,
      type: 'unknown_reference',
    })),
  );
}

/**
 * One row a run. `present`: a file with hits only adds nothing to a run that the assessment's own report already holds.
 * Files that say each run once skip the sort that finding versions takes.
 */
function pickWinners(doubled: boolean, accumulates: boolean): string {
  const latest = accumulates ? 'row' : 'row desc';
  const source = doubled
    ? `(select distinct on (assessment, run) *, min(row) over (partition by assessment, run) as first_row
        from staged_run order by assessment, run, rank desc, ${latest})`
    : '(select *, row as first_row from staged_run)';
  return `create temp table winner on commit drop as
    select gen_random_uuid() as run_id, s.*, a.id as assessment_id, a.by_score, a.policy, o.import_id,
      (a.known and a.coverage = 'hits_only' and exists (
        select from findings.attack_run r
        join findings.assessment_import i on i.assessment_id = r.assessment_id and i.import_id = r.import_id
        where r.assessment_id = a.id and r.run_key = s.run and r.superseded_by is null and i.coverage = 'full'
      )) as present
    from ${source} s join staged_assessment a on a.key = s.assessment
    join staged_source o on o.key = coalesce(s.source, '${ownSource}');
    create index on winner (assessment, run)`;
}

/**
 * Trials that count, one a key: a further record of the same exchange is another judge, kept as a secondary score.
 * Holds what is decided with and where the staged row lies (`place`), not the texts: they are copied once, at the end.
 */
function keepTrials(doubled: boolean, accumulates: boolean): string {
  const version = accumulates ? '' : 'and t.rank = w.rank and t.row = w.row';
  const joined = `select w.run_id, t.ctid as place, t.assessment, t.run, t.trial, t.row, t.outcome, t.score, t.detector,
      t.not_assessed_reason, t.suspected_target_error, t.source_ref
    from staged_trial t
    join winner w on w.assessment = t.assessment and w.run = t.run ${version}
    where not w.present and (not t.stands_in or not exists (
      select from staged_trial o where o.assessment = t.assessment and o.run = t.run and not o.stands_in))`;
  const rows = doubled
    ? `(select distinct on (run_id, trial) *,
          jsonb_object_agg(coalesce(detector, 'detector of row ' || row), score) filter (where repeat > 1)
            over (partition by run_id, trial) as other_scores
        from (select *, row_number() over (partition by run_id, trial order by row) as repeat from (${joined}) j) numbered
        order by run_id, trial, repeat)`
    : `(select j.*, null::jsonb as other_scores from (${joined}) j)`;
  return `create temp table kept_trial on commit drop as
    select *, (row_number() over (partition by run_id order by row, trial))::int as ordinal from ${rows} kept`;
}

/** Any trial succeeded → succeeded; else any resisted → resisted; else not assessed, also without a trial. */
const sumUpTrials = `
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
    bool_or(suspected_target_error) as suspected
  from kept_trial group by run_id;
  create unique index on summed (run_id);
  analyze summed;
  -- A judge whose scores are only ever 0 and 1 grades nothing: its score is a verdict, not a severity.
  create temp table grading_judge on commit drop as
  select distinct t.assessment, coalesce(t.detector, '') as detector
  from kept_trial t where t.score is not null and t.score <> 0 and t.score <> 1`;

/** Rows of the file that gave neither a run of their own nor a trial. Without repeats only runs already in can fold. */
const countFolded = (doubled: boolean): string => `
  select case when not ${String(doubled)} and not exists (select from winner where present) then 0 else (
    select count(*) from (
      select assessment, row from staged_run union select assessment, row from staged_trial
      except select assessment, row from winner where not present
      except select assessment, row from kept_trial
    ) rows
  ) end::int as folded`;

const supersedeOlder = `
  update findings.attack_run r set superseded_by = w.import_id
  from winner w
  where w.assessment_id = r.assessment_id and r.run_key = w.run and r.project_id = $1
    and r.superseded_by is null and not w.present`;

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
});

const insertRuns = `
  with judged as (
    select w.*, s.best_score, s.best_trial, s.first_success, s.reason, s.best_source,
      coalesce(s.trials, 0) as trials, coalesce(s.succeeded, 0) as succeeded_trials,
      coalesce(s.not_assessed, 0) as not_assessed_trials, coalesce(s.suspected, false) as suspected,
      case when s.succeeded > 0 then 'succeeded' when s.any_resisted then 'resisted' else 'not_assessed' end as outcome,
      w.by_score and exists (
        select from grading_judge g where g.assessment = w.assessment and g.detector = coalesce(s.best_detector, '')
      ) as graded
    from winner w left join summed s on s.run_id = w.run_id
    where not w.present
  ), typed as (
    select *, case
        when told_finding_type is not null then told_finding_type
        when attack_domain = 'adversarial_ml' and finding_type is not null and outcome <> 'not_assessed' then finding_type
        when outcome = 'succeeded' then 'jailbreak'
        when outcome = 'resisted' and best_score >= $3 then 'partial'
        when outcome = 'resisted' then 'refusal'
        else 'error' end as type
    from judged
  ), weighed as (
    select *, ${weight.severity} as found_severity, ${weight.source} as found_severity_source
    from typed
  ), inserted as (
    insert into findings.attack_run (id, organization_id, project_id, assessment_id, import_id, run_key, ordinal,
      attack_name, attack_domain, adversarial_class, attacker_model, evaluator_model, target_model, goal, goal_category,
      category, sub_category, risk_domain, transforms, compliance, outcome, finding_type, finding_status, severity,
      severity_source, source_grade, attack_complexity, best_score, best_trial, total_trials, succeeded_trials,
      not_assessed_trials, first_success, not_assessed_reason, suspected_target_error, distance_norm, distance_value,
      execution_time_s, notes, source_ref, completed_at, created_at, source_severity, default_severity, graded)
    select run_id, $1, $2, assessment_id, import_id, run, (row_number() over (partition by assessment order by first_row, run))::int,
      attack_name, attack_domain, adversarial_class, attacker_model, evaluator_model, target_model, goal, goal_category,
      category, sub_category, risk_domain, transforms, compliance, outcome, type, coalesce(finding_status, 'open'),
      coalesce(human_severity, told_severity, found_severity),
      case when human_severity is not null then 'human' when told_severity is not null then told_severity_source
        else found_severity_source end,
      source_grade, attack_complexity, best_score, best_trial, trials, succeeded_trials, not_assessed_trials, first_success,
      case when outcome = 'not_assessed' then coalesce(reason, 'not_evaluated') end, suspected, distance_norm,
      distance_value, execution_time_s, notes, coalesce(source_ref, best_source, 'row ' || row), completed_at,
      coalesce(created_at, now()), coalesce(source_severity, case when told_severity_source = 'source' then told_severity end),
      default_severity, graded
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
const carryOverTriage = `
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

const insertTrials = `
  insert into findings.trial (attack_run_id, ordinal, organization_id, trial_key, outcome, not_assessed_reason,
    suspected_target_error, score, detector, secondary_scores, original_prompt, prompt, response, reasoning, triggers,
    turns, execution_time_ms, source_ref)
  select k.run_id, k.ordinal, $1, t.trial, t.outcome, t.not_assessed_reason, t.suspected_target_error, t.score, t.detector,
    coalesce(t.secondary_scores, '{}') || coalesce(k.other_scores, '{}'), t.original_prompt, t.prompt, t.response,
    t.reasoning, t.triggers, t.turns, t.execution_time_ms, t.source_ref
  from staged_trial t join kept_trial k on k.place = t.ctid`;

async function addAttackFacts(client: PoolClient, facts: ReadFacts, importId: string): Promise<void> {
  for (const attack of facts.attackFacts.values()) {
    await client.query(
      `update findings.attack_run set source_grade = coalesce($5, source_grade),
         compliance = (
           select coalesce(jsonb_object_agg(framework, items), '{}') from (
             select framework, jsonb_agg(distinct item order by item) as items
             from (select * from jsonb_each(compliance) union all select * from jsonb_each($4)) as tag(framework, list),
               jsonb_array_elements_text(list) as element(item)
             group by framework) merged)
       where import_id = $1 and attack_name = $3
         and assessment_id = (select id from staged_assessment where key = $2)`,
      [importId, attack.assessment, attack.attack_name, attack.compliance, attack.source_grade ?? null],
    );
  }
}

async function single<Row extends object>(client: PoolClient, sql: string, values: unknown[] = []): Promise<Row> {
  const { rows } = await client.query<Row>(sql, values);
  const [row] = rows;
  if (!row) throw new Error('A statement that always answers with a row gave none.');
  return row;
}

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));
