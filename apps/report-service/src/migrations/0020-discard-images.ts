import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pictures of a deleted project go by a work order too: nobody waits for the store inside a transaction. */
export class DiscardImages1764000000020 implements MigrationInterface {
  readonly name = 'DiscardImages1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table storage.image add column discard_at timestamptz;
      create index image_discard_due on storage.image (discard_at) where discard_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index storage.image_discard_due; alter table storage.image drop column discard_at');
  }
}
