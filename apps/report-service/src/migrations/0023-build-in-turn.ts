import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizations take turns: who has fewest builds running is next, and of these who waits longest. */
export class BuildInTurn1764000000023 implements MigrationInterface {
  readonly name = 'BuildInTurn1764000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The one order of waiting builds, by which they are claimed and told their place. The n-th of an organization
      -- counts as if those before it ran already: claims at the same moment are fair too, though none sees the other.
      create function builds.in_turn() returns table (id uuid, organization_id uuid, place bigint)
        language sql stable set search_path = '' as $$
          select waiting.id, waiting.organization_id,
            row_number() over (order by waiting.turn, waiting.next_attempt_at, waiting.id)
          from (
            select b.id, b.organization_id, b.next_attempt_at, coalesce(busy.builds, 0)
              + row_number() over (partition by b.organization_id order by b.next_attempt_at, b.id) as turn
            from builds.report_build b
            left join (
              select r.organization_id, count(*) as builds from builds.report_build r
              where r.status = 'in_progress' group by r.organization_id
            ) busy on busy.organization_id = b.organization_id
            where b.status = 'queued'
          ) waiting
        $$;
      revoke all on function builds.in_turn() from public;
      grant execute on function builds.in_turn() to airt_relay;

      create or replace function builds.queue_places(build_ids uuid[]) returns table (id uuid, place integer)
        language sql stable security definer set search_path = '' as $$
          select mine.id, mine.place::integer from builds.in_turn() mine
          where mine.id = any($1) and mine.organization_id = projects.current_organization()
        $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function builds.queue_places(build_ids uuid[]) returns table (id uuid, place integer)
        language sql stable security definer set search_path = '' as $$
          select mine.id, mine.place::integer from (
            select first.id, first.organization_id, row_number() over (order by first.next_attempt_at, first.id) as place
            from (
              select b.id, b.organization_id, b.next_attempt_at from builds.report_build b
              where b.status = 'queued' order by b.next_attempt_at, b.id limit 1000
            ) first
          ) mine
          where mine.id = any($1) and mine.organization_id = projects.current_organization()
        $$;
      drop function builds.in_turn();
    `);
  }
}
