import { crosswalk } from '#domain';
import { asked, type Describe, findingTypes, runCounts, runsWithPrompt } from './row-query.ts';

/** What our crosswalk says of each category. */
const crosswalkRows = Object.entries(crosswalk).flatMap(([category, { items: tags }]) =>
  Object.entries(tags).flatMap(([framework, items]) => items.map((item) => ({ category, framework, item }))),
);

/** Each tag of the runs of a table, of the frameworks that were asked for. */
const tagsOf = (table: string): string =>
  `${table}, jsonb_each(${table}.compliance) as tag(framework, items), jsonb_array_elements_text(items) as element(item)`;

/** Tagged runs by item. */
const complianceItems: Describe = (parameters, request) => {
  const types = findingTypes(parameters);
  const frameworks = `${parameters.add(request.frameworks)}::text[]`;
  const column = (name: 'framework' | 'item' | 'category'): string =>
    `${parameters.add(crosswalkRows.map((row) => row[name]))}::text[]`;
  const alone = request.assessmentIds !== undefined;
  return {
    rows: `select target_key, framework, item, ${runCounts},
        min(severity_rank) filter (where finding_type = any(${types})) as rank,
        (count(*) filter (where finding_type = any(${types})))::int as findings,
        (count(*) filter (where compliance_source = 'file'))::int as from_file,
        (count(*) filter (where compliance_source = 'crosswalk' and compliance_table is null))::int as from_crosswalk,
        (count(*) filter (where compliance_source = 'crosswalk' and compliance_table is not null))::int as from_table${alone ? compliancePlus(types) : ''}
      from ${tagsOf('tagged')}
      where framework = any(${frameworks})
      group by target_key, framework, item`,
    // Narrow, and hashed before tags multiply them: a sort of whole runs by item takes seconds.
    extra: `tagged as materialized (
      select run.target_key, run.compliance, run.counted, run.outcome, run.severity_rank, run.finding_type,
        run.compliance_source, run.compliance_table, ${alone ? 'run.total_trials, run.attack_name, run.goal, run.best_score, run.ordinal,' : ''}
        ${asked}
      from ${runsWithPrompt}
      where compliance <> '{}'
    ), prompts as (
      select distinct target_key, compliance, asked from tagged where asked is not null
    ), distinct_prompts as (
      select target_key, framework, item, count(*)::int as "distinct"
      from (select distinct target_key, framework, item, asked from ${tagsOf('prompts')} where framework = any(${frameworks})) once
      group by target_key, framework, item
    ), success as materialized (
      select row_number() over () as place, target_key, compliance, category, goal_category, count(*)::int as runs
      from run where outcome = 'succeeded' group by target_key, compliance, category, goal_category
    ), untagged as (
      select target_key, framework, item, sum(runs)::int as successes
      from (
        select distinct s.place, s.target_key, c.framework, c.item, s.runs
        from success s join unnest(${column('framework')}, ${column('item')}, ${column('category')}) as c(framework, item, category)
          on c.category = s.category or c.category = s.goal_category
        where coalesce(s.compliance->c.framework, '[]') = '[]'
      ) once
      group by target_key, framework, item
    )`,
    // An item that no run is tagged with has a row for the successes that would belong to it.
    read: `select target_key, framework, item, coalesce(succeeded, 0) as succeeded, coalesce(resisted, 0) as resisted,
        coalesce(not_assessed, 0) as not_assessed, coalesce(hits_only, 0) as hits_only, coalesce(findings, 0) as findings,
        coalesce(from_file, 0) as from_file, coalesce(from_crosswalk, 0) as from_crosswalk, coalesce(from_table, 0) as from_table,
        coalesce("distinct", 0) as "distinct", coalesce(untagged.successes, 0) as untagged_successes,
        (array['critical', 'high', 'medium', 'low', 'info'])[rank] as worst${alone ? ', trials, attacks, top_finding' : ''}
      from rows left join distinct_prompts using (target_key, framework, item)
      full join (select * from untagged where framework = any(${frameworks})) untagged using (target_key, framework, item)
      order by framework, item, target_key`,
  };
};

/** What analytics tell of an item beside what a report does. */
const compliancePlus = (types: string): string => `, coalesce(sum(total_trials), 0)::int as trials,
        array_agg(distinct attack_name) as attacks,
        (array_agg(left(coalesce(goal, attack_name), 300) order by severity_rank, best_score desc nulls last, ordinal)
          filter (where finding_type = any(${types})))[1] as top_finding`;

const frameworkGaps: Describe = (parameters, request) => ({
  rows: `select target_key, framework, count(*)::int as runs,
      (count(*) filter (where outcome = 'succeeded'))::int as succeeded
    from run, unnest(${parameters.add(request.frameworks)}::text[]) as asked(framework)
    where coalesce(compliance->framework, '[]') = '[]'
    group by target_key, framework`,
  read: 'select * from rows order by framework, target_key',
});

export const complianceSources = { compliance_items: complianceItems, framework_gaps: frameworkGaps };
