import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';

import { isErrorCode } from './is-error-code.ts';

/** What a JSON file holds, or nothing when it is absent. */
export async function readSecretFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined;
    throw new Error(`Cannot read ${path}`, { cause: error });
  }
}

/** Replaces the file whole, mode 0600: a reader or a crash never meets half of it. */
export async function writeSecretFile(path: string, content: unknown): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(draft, 0o600);
  await rename(draft, path);
}

/** A password that needs no escaping in a URL, a shell or SQL. */
export function randomSecret(bytes = 24): string {
  return randomBytes(bytes).toString('hex');
}
