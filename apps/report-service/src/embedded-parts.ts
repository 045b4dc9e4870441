import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { missingParts } from '#platform';

type Env = Readonly<Record<string, string | undefined>>;

export interface EmbeddedStack {
  /** What the environment would say of these parts if they were not embedded. */
  readonly variables: Env;
  /** Whether anything here is embedded: then migrations and the first key are made without asking. */
  readonly embedded: boolean;
  /** Where a service already runs on this data folder; null when this process holds it. */
  readonly runningAt: string | null;
  announce(baseUrl: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the parts that the environment leaves out. The code for it is loaded only then: production has none of it. */
export async function startEmbeddedParts(env: Env): Promise<EmbeddedStack> {
  const missing = missingParts(env);
  const dataDir = resolve(env['DATA_DIR'] ?? '.data');
  await mkdir(dataDir, { recursive: true });
  if (env['NODE_ENV'] === 'production') return nothingEmbedded;

  const stack = await import('#embedded');
  const folder = await stack.holdDataFolder(dataDir);
  if (folder.kind === 'running') return { ...nothingEmbedded, runningAt: folder.service.base_url };

  const stops: (() => Promise<void>)[] = [() => folder.release()];
  const stop = async (): Promise<void> => {
    for (const end of stops.reverse()) await end();
  };
  try {
    const variables: Record<string, string> = {};
    if (missing.database) {
      const postgres = await stack.startEmbeddedPostgres({ dataDir });
      stops.push(() => postgres.stop());
      // An empty cluster knows none of the keys that an earlier one gave out.
      if (postgres.created) await rm(resolve(dataDir, 'credentials.json'), { force: true });
      Object.assign(variables, variablesOf(postgres.urls));
    }
    if (missing.storage) {
      const store = await stack.startEmbeddedObjectStore({ dataDir, bucket: 'airt-reports' });
      stops.push(() => store.stop());
      variables['S3_ENDPOINT'] = store.endpoint;
      variables['S3_ACCESS_KEY'] = store.accessKey;
      variables['S3_SECRET_KEY'] = store.secretKey;
      variables['S3_BUCKET'] = store.bucket;
      variables['S3_REGION'] = store.region;
    }
    stops.push(() => stack.removeServiceRecord(dataDir));
    return {
      variables,
      embedded: missing.database || missing.storage,
      runningAt: null,
      announce: (baseUrl) =>
        stack.writeServiceRecord(dataDir, {
          pid: process.pid,
          base_url: baseUrl,
          started_at: new Date().toISOString(),
        }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const nothingEmbedded: EmbeddedStack = {
  variables: {},
  embedded: false,
  runningAt: null,
  announce: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** The database of the data folder, for a short visit: that of the service that runs there, else started for it. */
export async function visitEmbeddedDatabase(
  env: Env,
): Promise<{ readonly variables: Env; readonly leave: () => Promise<void> }> {
  if (env['NODE_ENV'] === 'production') throw new Error('DATABASE_URL is required.');
  const dataDir = resolve(env['DATA_DIR'] ?? '.data');
  const stack = await import('#embedded');
  const folder = await stack.holdDataFolder(dataDir);
  if (folder.kind === 'running') {
    const urls = await stack.embeddedPostgresUrls(dataDir);
    if (!urls)
      throw new Error(`The service at ${folder.service.base_url} uses another database: name it in DATABASE_URL.`);
    return { variables: variablesOf(urls), leave: () => Promise.resolve() };
  }
  try {
    const postgres = await stack.startEmbeddedPostgres({ dataDir });
    if (postgres.created) await rm(resolve(dataDir, 'credentials.json'), { force: true });
    return {
      variables: variablesOf(postgres.urls),
      leave: async () => {
        await postgres.stop();
        await folder.release();
      },
    };
  } catch (error) {
    await folder.release();
    throw error;
  }
}

const variablesOf = (urls: { readonly owner: string; readonly app: string; readonly relay: string }): Env => ({
  DATABASE_URL: urls.owner,
  DATABASE_APP_URL: urls.app,
  DATABASE_RELAY_URL: urls.relay,
});
