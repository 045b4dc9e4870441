import type { Describe } from './row-query.ts';

/** Like with like: the assessed runs with a list of transforms, and those without any, of one attack on one target. */
export const liftStrata: Describe = () => ({
  rows: `select o.target_key, o.transforms, o.attack_name as attack, o.succeeded, o.resisted,
      b.succeeded as base_succeeded, b.resisted as base_resisted, b.goals as base_goals, o.goals
    from stratum o join stratum b on b.target_key = o.target_key and b.attack_name = o.attack_name and b.transforms = '{}'
    where o.transforms <> '{}'`,
  // With the goals of both sides the same, and each there once: pairs.
  extra: `tried as materialized (
    select target_key, attack_name, transforms, goal, count(*) as runs, bool_or(outcome = 'succeeded') as hit,
      count(*) filter (where outcome = 'succeeded') as succeeded, count(*) filter (where outcome = 'resisted') as resisted
    from run where counted and outcome <> 'not_assessed'
    group by target_key, attack_name, transforms, goal
  ), stratum as (
    select target_key, attack_name, transforms, sum(succeeded)::int as succeeded, sum(resisted)::int as resisted,
      case when bool_and(runs = 1 and goal is not null) then count(*)::int end as goals
    from tried group by target_key, attack_name, transforms
  )`,
  read: `select r.target_key, r.transforms, r.attack,
      jsonb_build_object('succeeded', r.succeeded, 'resisted', r.resisted) as "with",
      jsonb_build_object('succeeded', r.base_succeeded, 'resisted', r.base_resisted) as baseline,
      case when r.goals = r.base_goals and p.goals = r.goals then p.pairs end as pairs
    from rows r left join (
      select o.target_key, o.attack_name, o.transforms, count(*)::int as goals, jsonb_build_object(
        'both', count(*) filter (where o.hit and b.hit), 'only_with', count(*) filter (where o.hit and not b.hit),
        'only_baseline', count(*) filter (where not o.hit and b.hit), 'neither', count(*) filter (where not o.hit and not b.hit)
      ) as pairs
      from tried o join tried b on b.target_key = o.target_key and b.attack_name = o.attack_name and b.transforms = '{}' and b.goal = o.goal
      where o.transforms <> '{}'
      group by o.target_key, o.attack_name, o.transforms
    ) p on p.target_key = r.target_key and p.attack_name = r.attack and p.transforms = r.transforms
    order by r.transforms, r.attack, r.target_key`,
});
