import type { EntitySchema, MigrationInterface } from 'typeorm';
import { DataSource } from 'typeorm/data-source/DataSource.js';
import { PatientClient } from './patient-client.ts';

type Entities = readonly EntitySchema[];

/** A pool for one role. Where-clauses with undefined throw: they would widen a filter to everything. */
export function openDataSource(
  url: string,
  entities: Entities,
  poolSize: number,
  statementSeconds = 120,
): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [...entities],
    synchronize: false,
    logging: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize,
    connectTimeoutMS: 5_000,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    extra: {
      Client: PatientClient,
      statement_timeout: statementSeconds * 1_000,
      idle_in_transaction_session_timeout: 600_000,
      keepAlive: true,
    },
  }).initialize();
}

/** Brings the database to the newest schema, as its owner. Safe to run from several processes at once. */
export async function migrateDatabase(
  ownerUrl: string,
  migrations: readonly (new () => MigrationInterface)[],
): Promise<void> {
  const source = await new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: [...migrations],
    migrationsTableName: 'schema_migration',
    installExtensions: false,
    poolSize: 2,
  }).initialize();
  const runner = source.createQueryRunner();
  try {
    // Two processes that start together: the second waits here and finds nothing left to do.
    await runner.query('select pg_advisory_lock($1)', [migrationLock]);
    await source.runMigrations({ transaction: 'all' });
    await runner.query('select pg_advisory_unlock($1)', [migrationLock]);
  } finally {
    await runner.release();
    await source.destroy();
  }
}

const migrationLock = 4_117_001;
