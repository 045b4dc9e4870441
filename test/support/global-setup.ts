import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// By path: Jest's import conditions do not hold in a global set-up.
import { startEmbeddedObjectStore, startEmbeddedPostgres } from '../../libs/embedded/src/index.ts';
import { reportPart } from './report-line.ts';
import { offerService } from './shared-service.ts';
import { publishStack } from './test-stack.ts';

/** One database server and one object store for all tests; each service under test gets its own database and bucket. */
export default async function globalSetup(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'airt-e2e-'));
  await chmod(dataDir, 0o755);
  const [postgres, store, shared] = await Promise.all([
    startEmbeddedPostgres({ dataDir, durable: false }),
    startEmbeddedObjectStore({ dataDir, bucket: `spare-${randomBytes(4).toString('hex')}` }),
    offerService(),
  ]);
  publishStack({
    dataDir,
    databaseUrls: postgres.urls,
    store: { endpoint: store.endpoint, accessKey: store.accessKey, secretKey: store.secretKey, region: store.region },
    sharedServiceUrl: shared.url,
  });
  reportPart('PostgreSQL, embedded binaries, without fsync');
  reportPart('S3-compatible server in process, with signatures checked, by the MinIO client');
  globalThis.stopTestStack = async () => {
    await shared.stop();
    await postgres.stop();
    await store.stop();
  };
}

declare global {
  /** Set-up and tear-down run in one process and share nothing else. */
  var stopTestStack: (() => Promise<void>) | undefined;
}
