import type { EntityManager } from 'typeorm';
import type { AssessmentFields } from '#contracts';
import { assessmentColumns, columnNames, completePolicy, severitySql } from '#domain';

const columns = columnNames(assessmentColumns, 'created_at') as readonly Exclude<
  keyof typeof assessmentColumns,
  'created_at'
>[];

/** Columns that the fields name, with their values as the database takes them. */
export function assessmentValues(fields: AssessmentFields): readonly (readonly [column: string, value: unknown])[] {
  const given = columns.flatMap((column): (readonly [string, unknown])[] => {
    const value = fields[column];
    if (value === undefined) return [];
    return [[column, assessmentColumns[column].type === 'jsonb' && value !== null ? JSON.stringify(value) : value]];
  });
  if (fields.severity_policy === undefined) return given;
  const complete = completePolicy(fields.severity_policy);
  return [...given, ['complete_policy', complete && JSON.stringify(complete)]];
}

/** Finds the severities of an assessment again that no person set, by its policy. */
export async function applyPolicy(tx: EntityManager, assessmentId: string): Promise<void> {
  const { severity, source } = severitySql({
    human: 'null::text',
    source: 'o.source_severity',
    byCategory: 'o.default_severity',
    type: 'o.finding_type',
    outcome: 'o.outcome',
    graded: 'o.graded',
    score: 'o.best_score',
    category: 'o.category',
    goalCategory: 'o.goal_category',
    policy: 'a.complete_policy',
    scoreMeaning: 'o.score_meaning',
  });
  await tx.query(
    `with weighed as (
       select o.id, ${severity} as severity, ${source} as source
       from findings.attack_run o join findings.assessment a on a.id = o.assessment_id
       where o.assessment_id = $1 and o.severity_source is distinct from 'human'
     )
     update findings.attack_run r set severity = w.severity, severity_source = w.source, updated_at = now()
     from weighed w
     where w.id = r.id and (r.severity, r.severity_source) is distinct from (w.severity, w.source)`,
    [assessmentId],
  );
}
