import type { ColumnSource } from 'hyparquet-writer';
import { columnNames, type ColumnType, runColumns, type StoredColumn, trialColumns as columnsOfTrial } from '#domain';

type Type = Extract<ColumnSource['type'], 'STRING' | 'DOUBLE' | 'INT32' | 'BOOLEAN' | 'TIMESTAMP' | 'JSON'>;

interface ParquetColumn {
  readonly name: string;
  readonly type: Type;
  /** What stands for it in SQL: `r` is the run, `a` its assessment, `t` the trial. */
  readonly sql: string;
  /** Withheld from a redacted file. */
  readonly freeForm: boolean;
}

const types: Readonly<Record<ColumnType, Type>> = {
  text: 'STRING',
  'text[]': 'JSON',
  uuid: 'STRING',
  boolean: 'BOOLEAN',
  'double precision': 'DOUBLE',
  timestamptz: 'TIMESTAMP',
  jsonb: 'JSON',
};

const column = (type: Type, name: string, sql: string): ParquetColumn => ({ name, type, sql, freeForm: false });

const stored = (name: string, sql: string, { type, freeForm }: StoredColumn): ParquetColumn => ({
  name,
  type: types[type],
  sql: type === 'text[]' ? `to_jsonb(${sql})` : sql,
  freeForm: freeForm === true,
});

const told = (...columns: readonly (keyof typeof runColumns)[]): readonly ParquetColumn[] =>
  columns.map((name) => {
    const column: StoredColumn = runColumns[name];
    return stored(column.field ?? name, `r.${name}`, column);
  });

/** Readers may go by the place of a column, so those that were published keep theirs; others follow. */
const published: readonly ParquetColumn[] = [
  column('STRING', 'finding_id', 'r.id'),
  column('STRING', 'assessment_id', 'r.assessment_id'),
  column('STRING', 'assessment_name', 'a.name'),
  column('TIMESTAMP', 'assessment_started_at', 'a.started_at'),
  column('TIMESTAMP', 'assessment_completed_at', 'a.completed_at'),
  ...told('attack_name', 'attack_domain', 'adversarial_class', 'target_model', 'attacker_model', 'evaluator_model'),
  ...told('goal', 'goal_category', 'category', 'sub_category', 'risk_domain', 'transforms', 'compliance'),
  column('STRING', 'outcome', 'r.outcome'),
  ...told('finding_type', 'finding_status', 'severity', 'severity_source'),
  column('DOUBLE', 'best_score', 'r.best_score'),
  column('INT32', 'total_trials', 'r.total_trials'),
  column('INT32', 'succeeded_trials', 'r.succeeded_trials'),
  column('STRING', 'not_assessed_reason', 'r.not_assessed_reason'),
  ...told('distance_norm', 'distance_value', 'execution_time_s', 'notes', 'source_ref', 'completed_at', 'created_at'),
];
const placed = new Set(published.map(({ name }) => name));

/** Of the finding; the same in each of its rows. What a severity was found from is not told. */
export const findingColumns: readonly ParquetColumn[] = [
  ...published,
  ...told(...columnNames(runColumns, 'default_severity', 'source_grade', 'attack_complexity')).filter(
    ({ name }) => !placed.has(name),
  ),
];

/** Of the trial; null in the one row of a finding without trials. */
export const trialColumns: readonly ParquetColumn[] = [
  column('INT32', 'trial_number', 't.ordinal'),
  column('BOOLEAN', 'trial_is_best', '(t.ordinal = r.best_trial)'),
  ...columnNames(columnsOfTrial).map((name) => stored(`trial_${name}`, `t.${name}`, columnsOfTrial[name])),
];

export const parquetColumns: readonly ParquetColumn[] = [...findingColumns, ...trialColumns];

export const redacted = '[REDACTED]';

/** The columns as a select list. What is withheld never leaves the database. */
export const selectList = (columns: readonly ParquetColumn[], redact: boolean): string =>
  columns
    .map(({ name, type, sql, freeForm }) => {
      const mark = type === 'JSON' ? `'"${redacted}"'::jsonb` : `'${redacted}'`;
      return redact && freeForm ? `case when ${sql} is not null then ${mark} end as ${name}` : `${sql} as ${name}`;
    })
    .join(', ');
