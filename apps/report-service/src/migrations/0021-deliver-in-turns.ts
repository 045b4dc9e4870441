import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is being sent what, so that webhooks and organizations take turns; and how long a receiver has not answered. */
export class DeliverInTurns1764000000021 implements MigrationInterface {
  readonly name = 'DeliverInTurns1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Set while an attempt is under way, for the length of its lease.
      alter table events.delivery add column taken_until timestamptz;
      create index delivery_owed on events.delivery (webhook_id, next_attempt_at) where next_attempt_at is not null;
      create index delivery_taken on events.delivery (taken_until) where taken_until is not null;

      -- Attempts in a row that ended without an answer in time, and when the first of them ended.
      alter table events.webhook add column timeouts integer not null default 0;
      alter table events.webhook add column timing_out_since timestamptz;

      -- A webhook that is switched off by its own failures is written down by who notices.
      grant insert on audit.entry to airt_relay;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke insert on audit.entry from airt_relay;
      alter table events.webhook drop column timeouts, drop column timing_out_since;
      drop index events.delivery_owed, events.delivery_taken;
      alter table events.delivery drop column taken_until;
    `);
  }
}
