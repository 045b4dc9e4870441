import { readFile, rename, writeFile } from 'node:fs/promises';

export interface Credentials {
  readonly org: string;
  readonly workspace: string;
  readonly api_key: string;
}

export async function readCredentials(path: string): Promise<Credentials | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Credentials;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Readable by its owner alone; whole or not at all. */
export async function writeCredentials(path: string, credentials: Credentials): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}
