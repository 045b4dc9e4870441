import type { Triage } from '#contracts';
import { severitySql } from '#domain';
import type { Parameters } from '../rows/row-query.ts';

/**
 * Changes the runs that `chosen` (SQL of their ids) names, and answers with the number of those and of the changed ones. A
 * severity that nobody said is found again, since it depends on the type.
 */
export function triageStatement(chosen: string, triage: Triage, parameters: Parameters): string {
  const said = (field: keyof Triage, taken: (value: string) => string, kept: string): string =>
    triage[field] === undefined ? kept : taken(`${parameters.add(triage[field])}::text`);
  const { severity, source } = severitySql({
    human: 'n.human',
    source: 'r.source_severity',
    byCategory: 'r.default_severity',
    type: 'n.type',
    outcome: 'r.outcome',
    graded: 'r.graded',
    score: 'r.best_score',
    category: 'r.category',
    goalCategory: 'r.goal_category',
    policy: 'n.policy',
    scoreMeaning: 'r.score_meaning',
  });
  return `
    with chosen as (
      select id from findings.attack_run where id in (${chosen}) order by id for update
    ), next as (
      select r.id, a.complete_policy as policy,
        ${said('finding_status', (value) => `coalesce(${value}, 'open')`, 'r.finding_status')} as status,
        ${said('finding_type', (value) => `coalesce(${value}, r.found_type, r.finding_type)`, 'r.finding_type')} as type,
        ${said('notes', (value) => value, 'r.notes')} as notes,
        ${said('severity', (value) => value, `case when r.severity_source = 'human' then r.severity end`)} as human
      from chosen c join findings.attack_run r on r.id = c.id join findings.assessment a on a.id = r.assessment_id
    ), weighed as (
      select n.id, n.status, n.type, n.notes, ${severity} as severity, ${source} as source,
        nullif(coalesce(r.found_type, r.finding_type), n.type) as found_type
      from next n join findings.attack_run r on r.id = n.id
    ), changed as (
      update findings.attack_run r set finding_status = w.status, finding_type = w.type, notes = w.notes,
        severity = w.severity, severity_source = w.source, found_type = w.found_type, updated_at = now()
      from weighed w
      where w.id = r.id and (r.finding_status, r.finding_type, r.notes, r.severity, r.severity_source)
        is distinct from (w.status, w.type, w.notes, w.severity, w.source)
      returning r.id
    )
    select (select count(*)::int from chosen) as chosen, (select count(*)::int from changed) as updated,
      (select array_agg(id) from chosen) as ids`;
}
