import { dismissedStatuses, leftOutKinds, uncategorised } from '#domain';
import { broughtRuns, broughtSuccesses, type Describe } from './row-query.ts';

/** What the other sources leave out, or count without a name. */
export const leftOut: Describe = (parameters, request, projectId) => {
  const watermark = `${parameters.add(request.watermark)}::uuid[]`;
  const project = parameters.add(projectId);
  const dismissed = `finding_status = any(${parameters.add(dismissedStatuses)}::text[])`;
  const counts = `count(*)::int, (count(*) filter (where outcome = 'succeeded'))::int`;
  const ofRuns = (what: string, where: string): string =>
    `select '${what}', null::text, null::text, ${counts} from finished where ${where} having count(*) > 0`;
  const named = (what: string, status: string, where: string): string =>
    `select '${what}', a.name, ${status}, a.runs, a.succeeded from told a where ${where}`;
  return {
    rows: [
      named('unfinished_assessment', 'a.status', `a.status <> 'completed'`),
      named('empty_assessment', 'null', `a.status = 'completed' and a.runs = 0`),
      named('undated_assessment', 'null', `a.status = 'completed' and a.undated and a.runs > 0`),
      `select 'superseded_import', i.file_name, null, ${broughtRuns}, ${broughtSuccesses}
       from findings.import_run i
       where i.id = any(${watermark}) and ${broughtRuns} > 0 and i.id not in (select import_id from mine)
         and exists (select from findings.assessment_import f where f.import_id = i.id)`,
      ofRuns('no_goal', 'not dismissed and not adversarial and no_goal'),
      ofRuns('no_category', 'not dismissed and not adversarial and no_category'),
      ofRuns('no_denominator', `not dismissed and not adversarial and hits_only and outcome = 'resisted'`),
      ofRuns('dismissed', 'dismissed and not adversarial'),
      ...(request.includeAdversarial ? [] : [ofRuns('adversarial_ml', 'adversarial and not dismissed')]),
    ].join(' union all '),
    extra: `mine as (
      select r.id, r.assessment_id, r.import_id, r.outcome, r.hits_only, r.goal is null as no_goal,
        r.category = '${uncategorised}' as no_category, r.attack_domain is not distinct from 'adversarial_ml' as adversarial,
        r.${dismissed} as dismissed
      from findings.attack_run r where r.project_id = ${project} and r.import_id = any(${watermark})
        and (r.superseded_by is null or not r.superseded_by = any(${watermark}))
    ), told as (
      select a.name, a.status, a.started_at is null and a.completed_at is null as undated,
        coalesce(r.runs, 0) as runs, coalesce(r.succeeded, 0) as succeeded
      from findings.assessment a left join (
        select assessment_id, count(*)::int as runs, (count(*) filter (where outcome = 'succeeded'))::int as succeeded
        from mine group by assessment_id
      ) r on r.assessment_id = a.id
      where a.project_id = ${project} and exists (
        select from findings.assessment_import i where i.assessment_id = a.id and i.import_id = any(${watermark}))
    ), finished as (
      select * from mine where assessment_id in (select id from assessment)
    )`,
    read: `select what, name, status, runs, succeeded from rows as rows(what, name, status, runs, succeeded)
      order by array_position(array[${leftOutKinds.map((kind) => `'${kind}'`).join(', ')}], what), name, status, runs, succeeded`,
  };
};
