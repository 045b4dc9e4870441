import { join, resolve } from 'node:path';

import { readSecretFile, writeSecretFile } from '#files';

import type { ProcessIdentity } from './process-identity.ts';
import { randomSecret } from './random-secret.ts';

export const loginRoles = { owner: 'airt_owner', app: 'airt_app', relay: 'airt_relay' } as const;
export const superuser = 'postgres';

export interface PostgresCredentials {
  /** Where the database files lie; elsewhere than the data folder if the server's account cannot enter that. */
  readonly cluster: string;
  /** The port of the last start, taken again when free. */
  readonly port: number | null;
  /** The process whose server runs on the files, if any. */
  readonly launcher: ProcessIdentity | null;
  readonly passwords: {
    readonly superuser: string;
    readonly owner: string;
    readonly app: string;
    readonly relay: string;
  };
}

export interface PostgresUrls {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly relay: string;
}

export function newPasswords(): PostgresCredentials['passwords'] {
  return { superuser: randomSecret(), owner: randomSecret(), app: randomSecret(), relay: randomSecret() };
}

export async function readCredentials(home: string): Promise<PostgresCredentials | undefined> {
  // Our own file, mode 0600: nobody else writes it.
  return (await readSecretFile(credentialsPath(home))) as PostgresCredentials | undefined;
}

export async function writeCredentials(home: string, credentials: PostgresCredentials): Promise<void> {
  await writeSecretFile(credentialsPath(home), credentials);
}

export function urlsOf(passwords: PostgresCredentials['passwords'], port: number, database: string): PostgresUrls {
  const url = (role: string, password: string): string =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  return {
    superuser: url(superuser, passwords.superuser),
    owner: url(loginRoles.owner, passwords.owner),
    app: url(loginRoles.app, passwords.app),
    relay: url(loginRoles.relay, passwords.relay),
  };
}

/** Connection strings of the server that runs on the data folder; undefined where none ever ran. */
export async function embeddedPostgresUrls(dataDir: string): Promise<PostgresUrls | undefined> {
  const known = await readCredentials(join(resolve(dataDir), 'postgres'));
  return known?.port ? urlsOf(known.passwords, known.port, 'airt') : undefined;
}

function credentialsPath(home: string): string {
  return join(home, 'credentials.json');
}
