import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The publisher looks three times a second; without this it reads every event of a week each time. */
export class IndexUnpublishedEvents1764000000018 implements MigrationInterface {
  readonly name = 'IndexUnpublishedEvents1764000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index outbox_unpublished on events.outbox (type, organization_id, created_at) where published_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index events.outbox_unpublished');
  }
}
