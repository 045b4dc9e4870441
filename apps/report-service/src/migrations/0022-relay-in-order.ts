import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that a relay is carrying, so that no other carries later ones of the same organization meanwhile. */
export class RelayInOrder1764000000022 implements MigrationInterface {
  readonly name = 'RelayInOrder1764000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table events.outbox add column claimed_until timestamptz;
      create index outbox_claimed on events.outbox (organization_id) where claimed_until is not null;
      create index outbox_unsent_of_organization on events.outbox (organization_id, created_at, id) where sent_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index events.outbox_claimed, events.outbox_unsent_of_organization;
      alter table events.outbox drop column claimed_until;
    `);
  }
}
