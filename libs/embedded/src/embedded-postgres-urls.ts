import { join, resolve } from 'node:path';

import { type PostgresUrls, readCredentials, urlsOf } from './postgres-credentials.ts';

/** Connection strings of the server that runs on the data folder; undefined where none ever ran. */
export async function embeddedPostgresUrls(dataDir: string): Promise<PostgresUrls | undefined> {
  const known = await readCredentials(join(resolve(dataDir), 'postgres'));
  return known?.port ? urlsOf(known.passwords, known.port, 'airt') : undefined;
}
