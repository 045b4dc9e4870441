import type { ColumnSource } from 'hyparquet-writer';

type Type = Extract<ColumnSource['type'], 'STRING' | 'DOUBLE' | 'INT32' | 'BOOLEAN' | 'TIMESTAMP' | 'JSON'>;

interface ParquetColumn {
  readonly name: string;
  readonly type: Type;
  /** What stands for it in SQL: `r` is the run, `a` its assessment, `t` the trial. */
  readonly sql: string;
  /** Written by somebody in their own words: a prompt, an answer, a reason. Withheld from a redacted file. */
  readonly freeForm: boolean;
}

const column = (type: Type, name: string, sql: string, freeForm = false): ParquetColumn => ({
  name,
  type,
  sql,
  freeForm,
});

/** Of the finding; the same in each of its rows. */
export const findingColumns: readonly ParquetColumn[] = [
  column('STRING', 'finding_id', 'r.id'),
  column('STRING', 'assessment_id', 'r.assessment_id'),
  column('STRING', 'assessment_name', 'a.name'),
  column('TIMESTAMP', 'assessment_started_at', 'a.started_at'),
  column('TIMESTAMP', 'assessment_completed_at', 'a.completed_at'),
  column('STRING', 'attack_name', 'r.attack_name'),
  column('STRING', 'attack_domain', 'r.attack_domain'),
  column('STRING', 'adversarial_class', 'r.adversarial_class'),
  column('STRING', 'target_model', 'r.target_model'),
  column('STRING', 'attacker_model', 'r.attacker_model'),
  column('STRING', 'evaluator_model', 'r.evaluator_model'),
  column('STRING', 'goal', 'r.goal', true),
  column('STRING', 'goal_category', 'r.goal_category'),
  column('STRING', 'category', 'r.category'),
  column('STRING', 'sub_category', 'r.sub_category'),
  column('STRING', 'risk_domain', 'r.risk_domain'),
  column('JSON', 'transforms_applied', 'to_jsonb(r.transforms)'),
  column('JSON', 'compliance_tags', 'r.compliance'),
  column('STRING', 'outcome', 'r.outcome'),
  column('STRING', 'finding_type', 'r.finding_type'),
  column('STRING', 'finding_status', 'r.finding_status'),
  column('STRING', 'severity', 'r.severity'),
  column('STRING', 'severity_source', 'r.severity_source'),
  column('DOUBLE', 'best_score', 'r.best_score'),
  column('INT32', 'total_trials', 'r.total_trials'),
  column('INT32', 'succeeded_trials', 'r.succeeded_trials'),
  column('STRING', 'not_assessed_reason', 'r.not_assessed_reason'),
  column('STRING', 'distance_norm', 'r.distance_norm'),
  column('DOUBLE', 'distance_value', 'r.distance_value'),
  column('DOUBLE', 'execution_time_s', 'r.execution_time_s'),
  column('STRING', 'notes', 'r.notes', true),
  column('STRING', 'source_ref', 'r.source_ref'),
  column('TIMESTAMP', 'completed_at', 'r.completed_at'),
  column('TIMESTAMP', 'created_at', 'r.created_at'),
];

/** Of the trial; null in the one row of a finding without trials. */
export const trialColumns: readonly ParquetColumn[] = [
  column('INT32', 'trial_number', 't.ordinal'),
  column('BOOLEAN', 'trial_is_best', '(t.ordinal = r.best_trial)'),
  column('STRING', 'trial_outcome', 't.outcome'),
  column('STRING', 'trial_not_assessed_reason', 't.not_assessed_reason'),
  column('BOOLEAN', 'trial_suspected_target_error', 't.suspected_target_error'),
  column('DOUBLE', 'trial_score', 't.score'),
  column('STRING', 'trial_detector', 't.detector'),
  column('JSON', 'trial_secondary_scores', 't.secondary_scores'),
  column('STRING', 'trial_original_prompt', 't.original_prompt', true),
  column('STRING', 'trial_prompt', 't.prompt', true),
  column('STRING', 'trial_response', 't.response', true),
  column('STRING', 'trial_reasoning', 't.reasoning', true),
  column('JSON', 'trial_triggers', 'to_jsonb(t.triggers)', true),
  column('JSON', 'trial_turns', 't.turns', true),
  column('DOUBLE', 'trial_execution_time_ms', 't.execution_time_ms'),
  column('STRING', 'trial_source_ref', 't.source_ref'),
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
