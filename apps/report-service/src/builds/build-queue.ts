import { BullModule } from '@nestjs/bullmq';
import type { DynamicModule } from '@nestjs/common';
import { type ConnectionOptions, createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from '#platform';

/** Name of the queue that wakes workers. Its jobs hold a build id and nothing else. */
export const buildQueue = 'report-builds';

const schema = 'bull';

/** BullMQ on the backend that the configuration names. Nothing else in the application knows which one it is. */
export function buildQueueModules(config: Config): DynamicModule[] {
  return [BullModule.forRoot({ connection: connect(config) }), BullModule.registerQueue({ name: buildQueue })];
}

function connect(config: Config): ConnectionOptions {
  if (config.redisUrl !== null) {
    setDefaultBackendFactory();
    return new Redis(config.redisUrl, { maxRetriesPerRequest: null, connectTimeout: 5_000 });
  }
  setDefaultBackendFactory(createPostgresBackend);
  // @nestjs/bullmq has no type for backends other than Redis yet (nestjs/bull issue 2903).
  return { connectionString: config.database.relayUrl, schema, migrate: false, max: 4 };
}

/** Brings the queue's own tables to the newest version, as the database's owner, and lets the relay use them. */
export async function migrateBuildQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await runMigrations(client, schema);
    await client.query(`
      grant usage on schema ${schema} to airt_relay;
      grant select, insert, update, delete on all tables in schema ${schema} to airt_relay;
      grant usage, select, update on all sequences in schema ${schema} to airt_relay;
      grant execute on all functions in schema ${schema} to airt_relay;`);
  } finally {
    await client.end();
  }
}
