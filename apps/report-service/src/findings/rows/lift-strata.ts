import type { Describe } from './row-query.ts';

/** Like with like: the assessed runs with a list of transforms, and those without any, of one attack on one target. */
export const liftStrata: Describe = () => ({
  rows: `select o.*, b.succeeded as base_succeeded, b.resisted as base_resisted, b.goals as base_goals
    from stratum o join stratum b on b.target_key = o.target_key and b.attack_name = o.attack_name and b.transforms = '{}'
    where o.transforms <> '{}'`,
  // The run as written stands beside each goal by a window: a join of goals is one of every row with every row where a
  // fresh import has no statistics yet.
  extra: `tried as (
    select target_key, attack_name, transforms, goal, count(*) as runs, bool_or(outcome = 'succeeded') as hit,
      count(*) filter (where outcome = 'succeeded') as succeeded, count(*) filter (where outcome = 'resisted') as resisted
    from run where counted and outcome <> 'not_assessed'
    group by target_key, attack_name, transforms, goal
  ), beside as (
    select *, bool_or(hit) filter (where transforms = '{}') over (partition by target_key, attack_name, goal) as base_hit
    from tried
  ), stratum as materialized (
    select target_key, attack_name, transforms, sum(succeeded)::int as succeeded, sum(resisted)::int as resisted,
      case when bool_and(runs = 1 and goal is not null) then count(*)::int end as goals,
      count(base_hit)::int as shared, jsonb_build_object(
        'both', count(*) filter (where hit and base_hit), 'only_with', count(*) filter (where hit and not base_hit),
        'only_baseline', count(*) filter (where not hit and base_hit), 'neither', count(*) filter (where not hit and not base_hit)
      ) as pairs
    from beside group by target_key, attack_name, transforms
  )`,
  // With the goals of both sides the same, and each there once: pairs.
  read: `select target_key, transforms, attack_name as attack,
      jsonb_build_object('succeeded', succeeded, 'resisted', resisted) as "with",
      jsonb_build_object('succeeded', base_succeeded, 'resisted', base_resisted) as baseline,
      case when goals = base_goals and shared = goals then pairs end as pairs
    from rows order by transforms, attack_name, target_key`,
});
