import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A delivery ends with its webhook: what was owed to one that is switched off says so, and is never looked at again. */
export class CancelDeliveries1764000000019 implements MigrationInterface {
  readonly name = 'CancelDeliveries1764000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table events.delivery add column cancelled_at timestamptz;
      update events.delivery d set next_attempt_at = null, cancelled_at = now()
        from events.webhook w where w.id = d.webhook_id and not w.enabled and d.next_attempt_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table events.delivery drop column cancelled_at');
  }
}
