import type { Snapshot } from '#contracts';
import { assessmentColumns, type ColumnType, runColumns, type StoredColumns, trialColumns } from '#domain';
import { rowsAtOnce, textBytes, trialBytes } from '../rows/byte-budget.ts';

/**
 * A project as lines of our own NDJSON: the imports that fed it, then each assessment with its runs, and each run with
 * its trials. Rows that a later import superseded are left out. The same data give the same bytes, wherever they are.
 */
export async function* exportLines(snapshot: Snapshot, projectId: string): AsyncGenerator<string> {
  yield line({ type: 'export', version: 1 });
  const sources = await snapshot.query<SourceRow>(sourceRows, [projectId]);
  const idOf = new Map(sources.map(({ id }, index) => [id, String(index + 1)]));
  for (const { id, counts, ...source } of sources) {
    const { skipped_reasons, ...others } = counts;
    yield line({ type: 'source', id: idOf.get(id), ...source, counts: others, skipped_reasons });
  }
  const assessments = await snapshot.query<{ id: string }>(
    'select id from findings.assessment where project_id = $1 order by key collate "C"',
    [projectId],
  );
  for (const { id } of assessments) yield* assessmentLines(snapshot, id, idOf);
}

async function* assessmentLines(
  snapshot: Snapshot,
  assessmentId: string,
  idOf: ReadonlyMap<string, string>,
): AsyncGenerator<string> {
  const [assessment] = await snapshot.query<AssessmentLineRow>(assessmentRow, [assessmentId]);
  if (!assessment) return;
  const { key, sources, ...facts } = assessment;
  const named = sources.map(({ import_id, ...said }) => present({ source: idOf.get(import_id), ...said }));
  yield line({ type: 'assessment', id: key, ...facts, sources: named.length > 0 ? named : null });
  const runsAtOnce = await rowsAtOnce(snapshot, sizesOfRuns, [assessmentId]);
  for await (const runs of snapshot.stream<RunRow>(runRows, [assessmentId], runsAtOnce)) {
    const written = runs.map(({ import_id, run_key, ...run }) =>
      line({ type: 'attack_run', ...run, id: run_key, assessment: key, source: idOf.get(import_id) }),
    );
    let at = 0;
    const ids = runs.map(({ id }) => id);
    const trialsAtOnce = await rowsAtOnce(snapshot, sizesOfTrials, [ids]);
    for await (const trials of snapshot.stream<TrialRow>(trialRows, [ids], trialsAtOnce)) {
      let chunk = '';
      for (const { place, trial_key, ...trial } of trials) {
        while (at < place) chunk += written[at++] ?? '';
        chunk += line({ type: 'trial', id: trial_key, attack_run: runs[place - 1]?.run_key, ...trial });
      }
      yield chunk;
    }
    if (at < written.length) yield written.slice(at).join('');
  }
}

const line = (members: Readonly<Record<string, unknown>>): string => `${JSON.stringify(present(members))}\n`;

/** Absent and null are the same in our format; an empty list or map says nothing either. */
function present(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
}

/** To the microsecond, as the database keeps it. */
const iso = (column: string): string =>
  `replace(to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z')`;

/** The columns as members of a line. An empty list and a flag that is not set say nothing. */
function exported(columns: StoredColumns, instead: Readonly<Record<string, string>> = {}): string {
  const value: Readonly<Partial<Record<ColumnType, (column: string) => string>>> = {
    timestamptz: iso,
    'text[]': (column) => `case when cardinality(${column}) > 0 then ${column} end`,
    boolean: (column) => `nullif(${column}, false)`,
  };
  return Object.entries(columns)
    .map(([column, { type, field }]) => `${instead[column] ?? value[type]?.(column) ?? column} as ${field ?? column}`)
    .join(', ');
}

const sourceRows = `
  select id, file_name, sha256, format, nullif(options, '{}') as options, options_hash,
    bytes_read::float8 as bytes_read, rows_read, counts, nullif(warnings, '[]') as warnings,
    case when cardinality(lacks) > 0 then lacks end as lacks, source_reported,
    ${iso('created_at')} as created_at, ${iso('completed_at')} as completed_at
  from findings.import_run
  where project_id = $1 and status = 'completed' and not restores
  order by import_run.completed_at, sha256, options_hash, id`;

const assessmentRow = `
  select key, ${exported(assessmentColumns)},
    (select coalesce(jsonb_agg(jsonb_build_object('import_id', i.import_id, 'coverage', i.coverage,
         'threshold', i.threshold, 'detector', i.detector, 'primary_rule', i.primary_rule,
         'source_reported', i.source_reported)
         order by r.completed_at, r.sha256, r.options_hash, r.id), '[]')
     from findings.assessment_import i join findings.import_run r on r.id = i.import_id
     where i.assessment_id = a.id) as sources
  from findings.assessment a where id = $1`;

const sizesOfRuns = `
  select ${textBytes(runColumns, 'r')} as bytes from findings.attack_run r
  where r.assessment_id = $1 and r.superseded_by is null`;

const sizesOfTrials = `
  select ${trialBytes} as bytes from findings.trial t where t.attack_run_id = any($1::uuid[])`;

const runRows = `
  select id, import_id, run_key, ${exported(runColumns, {
    compliance: `nullif(compliance, '{}')`,
    finding_status: `nullif(finding_status, 'open')`,
    score_meaning: `nullif(score_meaning, 'graded')`,
  })}
  from findings.attack_run
  where assessment_id = $1 and superseded_by is null
  order by ordinal, run_key collate "C"`;

const trialRows = `
  select array_position($1::uuid[], attack_run_id) as place, trial_key, ${exported(trialColumns, {
    secondary_scores: `nullif(secondary_scores, '{}')`,
    not_assessed_reason: `case when outcome = 'not_assessed' then coalesce(not_assessed_reason, 'not_evaluated') end`,
  })}
  from findings.trial where attack_run_id = any($1::uuid[])
  order by array_position($1::uuid[], attack_run_id), ordinal`;

type Facts = Readonly<Record<string, unknown>>;

interface SourceRow extends Facts {
  readonly id: string;
  readonly counts: Facts & { readonly skipped_reasons?: Facts };
}

interface AssessmentLineRow extends Facts {
  readonly key: string;
  readonly sources: readonly ({ readonly import_id: string } & Facts)[];
}

interface RunRow extends Facts {
  readonly id: string;
  readonly import_id: string;
  readonly run_key: string;
}

interface TrialRow extends Facts {
  /** Of its run in the batch, from 1. */
  readonly place: number;
  readonly trial_key: string;
}
