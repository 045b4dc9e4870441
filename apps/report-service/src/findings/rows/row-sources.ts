import type { RowRequest } from '#contracts';
import { type RowSource, severities } from '#domain';
import { Parameters, reportCondition, reportedTypes, runCounts, runsInScope, tally, worstFirst } from './row-query.ts';

/** One source as SQL. `rows` alone is counted; `read` is the same rows with all that a report prints of them. */
interface RowStatement {
  readonly with: string;
  readonly rows: string;
  readonly read: string;
  readonly parameters: readonly unknown[];
}

type Describe = (parameters: Parameters, request: RowRequest) => { rows: string; read?: string; extra?: string };

/** A resolver a source; preflight counts and builds stream the same statement. */
const sources: Readonly<Record<RowSource, Describe>> = {
  assessments: (parameters, request) => {
    const types = `${parameters.add(reportedTypes(request.includeAdversarial))}::text[]`;
    const watermark = `${parameters.add(request.watermark)}::uuid[]`;
    const breakdown = severities
      .map(
        (severity) =>
          `'${severity}', count(*) filter (where severity = '${severity}' and finding_type = any(${types}))`,
      )
      .join(', ');
    return {
      rows: 'select id from assessment',
      extra: `totals as (
        select assessment_id, ${runCounts}, coalesce(sum(total_trials), 0)::int as trials,
               (count(*) filter (where suspected_target_error))::int as suspected_target_errors,
               jsonb_build_object(${breakdown}) as severities
        from run group by assessment_id
      ), aside as (
        select assessment_id,
               (count(*) filter (where finding_status in ('false_positive', 'incorrect_scoring')))::int as dismissed,
               (count(*) filter (where attack_domain = 'adversarial_ml'))::int as adversarial_ml_runs
        from findings.attack_run
        where assessment_id in (select id from assessment) and import_id = any(${watermark})
          and (superseded_by is null or not superseded_by = any(${watermark}))
        group by assessment_id
      )`,
      read: `select a.id, a.name, a.target_model, a.attacker_model, a.judge_model,
          ${isoUtc('a.started_at')} as started_at, ${isoUtc('a.completed_at')} as completed_at,
          case when s.counted then 'full' else 'hits_only' end as coverage,
          coalesce(t.succeeded, 0) as succeeded, coalesce(t.resisted, 0) as resisted,
          coalesce(t.not_assessed, 0) as not_assessed, coalesce(t.hits_only, 0) as hits_only,
          coalesce(t.trials, 0) as trials,
          coalesce(t.severities, '{"critical":0,"high":0,"medium":0,"low":0,"info":0}') as severities,
          coalesce(x.dismissed, 0) as dismissed,
          coalesce(t.suspected_target_errors, 0) as suspected_target_errors,
          coalesce(x.adversarial_ml_runs, 0) as adversarial_ml_runs,
          (select coalesce(jsonb_agg(jsonb_build_object(
              'file_name', i.file_name, 'sha256', i.sha256, 'format', i.format, 'coverage', f.coverage,
              'runs', (select count(*) from findings.attack_run r where r.assessment_id = a.id and r.import_id = i.id
                and (r.superseded_by is null or not r.superseded_by = any(${watermark}))),
              'threshold', f.threshold, 'detector', f.detector, 'source_reported', f.source_reported,
              'file_reported', i.source_reported, 'primary_rule', f.primary_rule,
              'warnings', i.warnings
            ) order by i.completed_at, i.sha256, i.options_hash), '[]')
           from findings.assessment_import f join findings.import_run i on i.id = f.import_id
           where f.assessment_id = a.id and i.id = any(${watermark})) as sources
        from assessment s
        join findings.assessment a on a.id = s.id
        left join totals t on t.assessment_id = a.id
        left join aside x on x.assessment_id = a.id
        order by a.started_at nulls last, a.name, a.key`,
    };
  },

  severities: (parameters, request) => ({
    rows: `select severity, min(severity_rank) as rank,
        (count(*) filter (where outcome = 'succeeded'))::int as succeeded,
        (count(*) filter (where outcome <> 'succeeded'))::int as partial
      from run
      where severity is not null and finding_type = any(${parameters.add(reportedTypes(request.includeAdversarial))}::text[])
      group by severity`,
    read: 'select severity, succeeded, partial from rows order by rank',
  }),

  asr_by_attack: () => grouped('attack_name'),
  asr_by_category: () => grouped('category'),
  asr_by_goal: () => grouped('goal', 'goal is not null'),

  asr_by_transform: () => ({
    rows: `select name, ${tally} from named group by name`,
    extra: namedTransforms,
    read: `select rows.*, case when rows.name = '${baseline}' or b.succeeded + b.resisted = 0 then null
          else jsonb_build_object('succeeded', b.succeeded, 'resisted', b.resisted) end as baseline
      from rows, lateral (
        select (count(*) filter (where outcome = 'succeeded'))::int as succeeded,
               (count(*) filter (where outcome = 'resisted'))::int as resisted
        from named n
        where n.name = '${baseline}' and n.counted and (
          n.attack_name in (select attack_name from named o where o.name = rows.name)
          or n.goal in (select goal from named o where o.name = rows.name and o.goal is not null))
      ) b
      ${byRate}`,
  }),

  attack_by_transform: () => ({
    rows: `select attack_name as attack, name as transform, ${runCounts} from named group by attack_name, name`,
    extra: namedTransforms,
    read: 'select * from rows order by attack, transform',
  }),

  compliance_items: (parameters, request) => {
    const types = reported(parameters, request);
    return {
      rows: `select framework, item, ${runCounts}, min(severity_rank) filter (where finding_type = any(${types})) as rank,
        (count(*) filter (where finding_type = any(${types})))::int as findings${request.assessmentIds ? compliancePlus(types) : ''}
      from run, jsonb_each(compliance) as tag(framework, items), jsonb_array_elements_text(items) as element(item)
      where framework = any(${parameters.add(request.frameworks)}::text[])
      group by framework, item`,
      read: `select framework, item, succeeded, resisted, not_assessed, hits_only, findings,
        (array['critical', 'high', 'medium', 'low', 'info'])[rank] as worst${request.assessmentIds ? ', trials, attacks, top_finding' : ''}
      from rows order by framework, item`,
    };
  },

  findings: (parameters, request) => ({
    // The whole row: a second look for each id costs their square where a fresh import has no statistics yet.
    rows: `select run.* from run where ${reportCondition(request.filter, request.includeAdversarial, parameters)}`,
    read: `select r.id, r.assessment_name as assessment, r.attack_name, r.attack_domain, r.category, r.goal, r.transforms,
        r.outcome, r.finding_type, r.finding_status, r.severity, r.severity_source, r.best_score, r.compliance,
        r.target_model, r.evaluator_model, r.total_trials as trials, r.succeeded_trials, r.not_assessed_trials,
        r.not_assessed_reason, r.suspected_target_error, r.distance_norm, r.distance_value, r.notes,
        r.attack_complexity, r.source_grade, r.source_ref, ${request.headsOnly ? noTrials : trialsOf}
      order by ${worstFirst('r')}`,
  }),

  finding_categories: (parameters, request) => {
    const types = reported(parameters, request);
    const breakdown = severities
      .map((severity) => `'${severity}', count(*) filter (where severity = '${severity}')`)
      .join(', ');
    return {
      rows: `select category, jsonb_build_object(${breakdown}) as severities, min(severity_rank) as worst, count(*) as total,
          array_agg(distinct attack_name) as attacks
        from run where finding_type = any(${types}) group by category`,
      read: `select category, severities, attacks, coalesce((
            select array_agg(label) from (
              select framework || ':' || item as label
              from run, jsonb_each(compliance) as tag(framework, items), jsonb_array_elements_text(items) as element(item)
              where run.category = rows.category and finding_type = any(${types})
              group by 1 order by count(*) desc, 1 limit 8
            ) frequent), '{}') as items
        from rows
        order by (severities->>'critical')::int desc, (severities->>'high')::int desc,
                 (severities->>'medium')::int desc, total desc, category`,
    };
  },

  not_assessed_reasons: () => ({
    rows: `select coalesce(not_assessed_reason, 'not_evaluated') as reason, count(*)::int as runs
      from run where outcome = 'not_assessed' group by 1`,
    read: 'select * from rows order by runs desc, reason',
  }),
};

/** Of a finding: the scores of its trials, and the texts of its best one. */
const trialsOf = `coalesce((select array_agg(s.score order by s.ordinal) from findings.trial s where s.attack_run_id = r.id), '{}') as trial_scores,
        case when t.ordinal is null then null else jsonb_build_object(
          'number', t.ordinal, 'original_prompt', t.original_prompt, 'prompt', t.prompt, 'response', t.response,
          'reasoning', t.reasoning, 'detector', t.detector, 'triggers', to_jsonb(coalesce(t.triggers, '{}')),
          'turns', coalesce(t.turns, '[]')) end as best_trial
      from rows r
      left join findings.trial t on t.attack_run_id = r.id and t.ordinal = r.best_trial`;
const noTrials = `'{}'::float8[] as trial_scores, null as best_trial
      from rows r`;

/** What analytics tell of an item beside what a report does. */
const compliancePlus = (types: string): string => `, coalesce(sum(total_trials), 0)::int as trials,
        array_agg(distinct attack_name) as attacks,
        (array_agg(left(coalesce(goal, attack_name), 300) order by severity_rank, best_score desc nulls last, ordinal)
          filter (where finding_type = any(${types})))[1] as top_finding`;

export function rowStatement(source: RowSource, projectId: string, request: RowRequest): RowStatement {
  const parameters = new Parameters();
  const scope = runsInScope({ projectId, ...request }, parameters);
  const { rows, read, extra } = sources[source](parameters, request);
  return {
    with: [`with ${scope}`, ...(extra ? [extra] : [])].join(', '),
    rows,
    read: read ?? 'select * from rows',
    parameters: parameters.values,
  };
}

const baseline = 'baseline';

const namedTransforms = `named as (
    select *, case when cardinality(transforms) = 0 then '${baseline}' else array_to_string(transforms, ', ') end as name from run
  )`;

/** Highest rate first, then the larger sample, then the name; groups without an assessed run last. */
const byRate = `order by case when rows.succeeded + rows.resisted = 0 then 1 else 0 end,
    rows.succeeded::float8 / nullif(rows.succeeded + rows.resisted, 0) desc, rows.succeeded + rows.resisted desc, rows.name`;

const grouped = (column: string, where = 'true'): { rows: string; read: string } => ({
  rows: `select ${column} as name, ${tally} from run where ${where} group by ${column}`,
  read: `select * from rows ${byRate}`,
});

const reported = (parameters: Parameters, request: RowRequest): string =>
  `${parameters.add(reportedTypes(request.includeAdversarial))}::text[]`;

function isoUtc(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
