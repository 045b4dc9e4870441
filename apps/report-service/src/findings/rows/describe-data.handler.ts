import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type DataDescription, DescribeData } from '#contracts';
import { assessmentColumns, columnNames, runColumns } from '#domain';
import { broughtRuns, broughtSuccesses, stableKey } from './row-query.ts';

@QueryHandler(DescribeData)
export class DescribeDataHandler implements IQueryHandler<DescribeData> {
  async execute({ project, watermark, snapshot }: DescribeData): Promise<DataDescription> {
    const [row] = await snapshot.query<{ as_of: string | null; fingerprint: string }>(dataDescription, [
      project.projectId,
      watermark,
    ]);
    return { asOf: row?.as_of ?? null, fingerprint: row?.fingerprint ?? '' };
  }
}

/** Everything but when a row was made here, which no report prints. */
const assessmentValues = ['key', 'complete_policy', ...columnNames(assessmentColumns, 'created_at')].map(
  (column) => `a.${column}`,
);
const runValues = [
  'run_key',
  'outcome',
  'hits_only',
  'best_score',
  'best_trial',
  'total_trials',
  'succeeded_trials',
  'not_assessed_trials',
  'blocked_trials',
  'first_success',
  'not_assessed_reason',
  'suspected_target_error',
  'graded',
  ...columnNames(runColumns, 'created_at'),
].map((column) => `r.${column}`);
const importValues = [
  ...['file_name', 'sha256', 'options_hash', 'format', 'lacks', 'warnings', 'source_reported'].map(
    (column) => `i.${column}`,
  ),
  broughtRuns,
  broughtSuccesses,
];
const sourceValues = ['coverage', 'threshold', 'detector', 'source_reported', 'primary_rule'].map(
  (column) => `f.${column}`,
);

const digest = (...values: readonly string[]): string => `hash_record_extended(row(${values.join(', ')}), 0)`;
/** Of rows in whatever order: one pass, and nothing to sort. */
const sum = (digests: string): string => `coalesce(sum((${digests})::numeric), 0)`;

/**
 * Of values alone, so that the same data have the same fingerprint in another installation. The texts of trials were
 * digested when they were stored. Runs are brought together with their trials by a group and not by a join: a fresh import
 * has no statistics, and a join would go by every row with every row.
 */
export const dataDescription = `
  with assessment as (
    select a.*, ${stableKey('a')} as stable_key from findings.assessment a where a.project_id = $1
  ), known as (
    select a.id, a.stable_key, a.status, greatest(a.started_at, a.completed_at) as told_at,
      ${digest(...assessmentValues.map((column) => (column === 'a.key' ? 'a.stable_key' : column)))} as digest
    from assessment a
    where exists (select from findings.assessment_import f where f.assessment_id = a.id and f.import_id = any($2::uuid[]))
  ), source as (
    select i.id, ${digest(...importValues)} as digest
    from findings.import_run i where i.id = any($2::uuid[])
  ), run as materialized (
    select r.id, r.assessment_id, r.import_id, r.completed_at, ${digest(...runValues)} as digest,
      row_number() over (partition by r.assessment_id order by r.ordinal, r.run_key collate "C") as place
    from findings.attack_run r where r.project_id = $1 and r.import_id = any($2::uuid[])
      and (r.superseded_by is null or not r.superseded_by = any($2::uuid[]))
  ), whole as (
    select assessment_id, import_id, max(own) as own, ${sum('of_trial')} as of_trials
    from (
      select id, assessment_id, import_id, ${digest('place', 'digest')} as own, null::bigint as of_trial from run
      union all
      select run.id, run.assessment_id, run.import_id, null, t.digest
      from run join findings.trial t on t.attack_run_id = run.id
    ) part
    group by id, assessment_id, import_id
  ), brought as (
    select assessment_id, import_id, ${sum(digest('own', 'of_trials'))} as digest from whole group by assessment_id, import_id
  )
  select
    (select to_char(max(greatest(k.told_at, d.completed_at)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
     from known k join (
       select assessment_id, max(completed_at) as completed_at from run group by assessment_id
     ) d on d.assessment_id = k.id
     where k.status = 'completed') as as_of,
    encode(sha256(convert_to(concat_ws(' ',
      (select ${sum('digest')} from known),
      (select ${sum('digest')} from source),
      (select ${sum(digest('k.stable_key', 's.digest', ...sourceValues))}
       from findings.assessment_import f join known k on k.id = f.assessment_id join source s on s.id = f.import_id),
      (select ${sum(digest('k.stable_key', 's.digest', 'b.digest'))}
       from brought b join known k on k.id = b.assessment_id join source s on s.id = b.import_id)
    ), 'UTF8')), 'hex') as fingerprint`;
