import { type Config, migrateDatabase } from '#platform';
import { migrateBuildQueue } from './builds/build-queue.ts';
import { migrations } from './migrations/migrations.ts';

/** Brings every schema to the newest version. In production this is the deploy's own step: `APP_ROLE=migrate`. */
export async function migrate({ database }: Config): Promise<void> {
  await migrateDatabase(database.ownerUrl, migrations);
  await migrateBuildQueue(database.ownerUrl);
}
