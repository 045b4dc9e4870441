import { type Describe, findingTypes, runsByStatus, severityCounts } from './row-query.ts';

/** Categories with findings, and what stands beside them in recommendations. */
const findingCategories: Describe = (parameters) => {
  const types = findingTypes(parameters);
  return {
    rows: `select target_key, category, ${severityCounts('true')} as severities, ${runsByStatus(types)}, count(*) as total,
        array_agg(distinct attack_name) as attacks
      from run where finding_type = any(${types}) group by target_key, category`,
    extra: `labelled as (
      select target_key, category, framework || ':' || item as label, count(*) as runs
      from run, jsonb_each(compliance) as tag(framework, items), jsonb_array_elements_text(items) as element(item)
      where finding_type = any(${types}) and outcome = 'succeeded' and finding_status = 'open'
      group by 1, 2, 3
    ), frequent as (
      select target_key, category, array_agg(label order by place) as items
      from (
        select *, row_number() over (partition by target_key, category order by runs desc, label) as place from labelled
      ) placed
      where place <= 8
      group by target_key, category
    )`,
    read: `select target_key, category, severities, open, open_close, closed, attacks, coalesce(items, '{}') as items
      from rows left join frequent using (target_key, category)
      order by (severities->>'critical')::int desc, (severities->>'high')::int desc,
               (severities->>'medium')::int desc, total desc, category, target_key`,
  };
};

export const categorySources = { finding_categories: findingCategories };
