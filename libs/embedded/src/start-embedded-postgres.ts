import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { freePort } from './free-port.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { startOnLeash } from './leash.ts';
import { clearOrphanedPostgres } from './orphaned-postgres.ts';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import {
  newPasswords,
  readCredentials,
  urlsOf,
  writeCredentials,
  type PostgresCredentials,
  type PostgresUrls,
} from './postgres-credentials.ts';
import { prepareDatabase, prepareRoles } from './prepare-database.ts';
import { identifyProcess, isStillRunning } from './process-identity.ts';
import { refuseProduction } from './refuse-production.ts';
import { isReachableByAll, lastingTempDir, runsAsRoot } from './server-account.ts';
import type { RunningServer, ServerCommand } from './server-command.ts';
import { startByPgCtl } from './start-by-pg-ctl.ts';

export interface EmbeddedPostgres {
  readonly port: number;
  /** Whether this start made an empty cluster: what is kept elsewhere about an earlier one, such as API keys, is void. */
  readonly created: boolean;
  /** Connection strings of the database `airt`, one per role. */
  readonly urls: PostgresUrls;
  stop(): Promise<void>;
  /** Another database on the same server, for a test of its own. */
  createDatabase(name: string): Promise<PostgresUrls>;
}

export type Launch = (command: ServerCommand) => Promise<RunningServer>;

const databaseName = 'airt';
const portAttempts = 5;

/**
 * A real PostgreSQL on loopback, its files and passwords in `postgres/` of the data folder. It ends with this process,
 * also on SIGKILL, and the next start finds its data again.
 */
export async function startEmbeddedPostgres(options: {
  readonly dataDir: string;
  /** A fixed port; by default the last one if free, else any free one. */
  readonly port?: number | undefined;
  /** False for tests only: faster, and a power cut may cost the data. */
  readonly durable?: boolean;
  /** How the server is started and ended; by default as this system needs it. */
  readonly launch?: Launch | undefined;
}): Promise<EmbeddedPostgres> {
  refuseProduction('PostgreSQL');
  const home = join(resolve(options.dataDir), 'postgres');
  // Made before what lies in it: the server's account must be able to walk through, the files in it are 0600 or 0700.
  await mkdir(home, { recursive: true });
  if (runsAsRoot()) await chmod(home, 0o755);

  const binaries = await postgresBinaries();
  const env = serverEnvironment();
  const known = await knownCluster(home);
  const credentials = known ?? {
    cluster: await newClusterPath(home),
    port: null,
    launcher: null,
    passwords: newPasswords(),
  };
  if (known === undefined) {
    // Written first: a cluster whose password is lost would be of no use.
    await writeCredentials(home, credentials);
    await initialiseCluster({
      initdb: binaries.initdb,
      cluster: credentials.cluster,
      password: credentials.passwords.superuser,
      env,
    });
  }
  if (credentials.launcher !== null && (await isStillRunning(credentials.launcher))) {
    throw new Error(`The embedded PostgreSQL of ${home} is in use by process ${credentials.launcher.pid}.`);
  }
  await clearOrphanedPostgres(credentials.cluster, binaries.pgCtl);

  const { server, port } = await startOnFreePort(binaries, credentials, env, options);
  try {
    await writeCredentials(home, { ...credentials, port, launcher: (await identifyProcess(process.pid)) ?? null });
    const maintenance = urlsOf(credentials.passwords, port, 'postgres').superuser;
    await prepareRoles(maintenance, credentials.passwords);
    await prepareDatabase(maintenance, databaseName);
    return {
      port,
      created: known === undefined,
      urls: urlsOf(credentials.passwords, port, databaseName),
      stop: async () => {
        await server.stop();
        await writeCredentials(home, { ...credentials, port, launcher: null });
      },
      createDatabase: async (name) => {
        await prepareDatabase(maintenance, name);
        return urlsOf(credentials.passwords, port, name);
      },
    };
  } catch (error) {
    await server.stop();
    await writeCredentials(home, { ...credentials, port, launcher: null });
    throw error;
  }
}

/** The cluster of an earlier start, unless its files are gone or were never finished. */
async function knownCluster(home: string): Promise<PostgresCredentials | undefined> {
  const credentials = await readCredentials(home);
  if (credentials === undefined) return undefined;
  try {
    await stat(join(credentials.cluster, 'PG_VERSION'));
    return credentials;
  } catch {
    return undefined;
  }
}

async function newClusterPath(home: string): Promise<string> {
  for (const name of await readdir(home)) {
    if (name.startsWith('draft-')) await rm(join(home, name), { recursive: true, force: true });
  }
  if (!runsAsRoot() || (await isReachableByAll(home))) return join(home, 'cluster');
  // A random name that only our 0600 file knows: nobody can lay something in its place.
  const outside = await mkdtemp(join(lastingTempDir(), 'airt-cluster-'));
  await chmod(outside, 0o755);
  return join(outside, 'cluster');
}

async function startOnFreePort(
  binaries: PostgresBinaries,
  { cluster, port: lastPort }: PostgresCredentials,
  env: NodeJS.ProcessEnv,
  options: { readonly port?: number | undefined; readonly durable?: boolean; readonly launch?: Launch | undefined },
): Promise<{ server: RunningServer; port: number }> {
  const launch = options.launch ?? (process.platform === 'win32' ? startByPgCtl : startOnLeash);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort(attempt === 1 ? (lastPort ?? undefined) : undefined));
    try {
      const server = await launch({ binaries, cluster, settings: settings(port, options.durable ?? true), env });
      return { server, port };
    } catch (error) {
      // Somebody took the port between our look and the server's start.
      const taken = error instanceof Error && error.message.includes('could not bind');
      if (!taken || options.port !== undefined || attempt === portAttempts) {
        throw new Error(`The embedded PostgreSQL did not start on port ${port}.`, { cause: error });
      }
    }
  }
}

function settings(port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    // Some systems have no folder for sockets that any account may write to.
    unix_socket_directories: '',
    max_connections: 100,
    // Finding text is somebody's secret: no statement and no row of it in the server's log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Nothing of ours: PG* variables of the caller would redirect the tools, and secrets have no business there. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}
