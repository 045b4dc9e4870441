import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

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
  try {
    await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await chmod(draft, 0o600);
    await replace(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Windows refuses to replace a file that somebody reads at this moment; readers of these are done within moments. */
async function replace(draft: string, path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(draft, path);
      return;
    } catch (error) {
      const isRead = process.platform === 'win32' && isErrorCode(error, 'EPERM', 'EACCES', 'EBUSY');
      if (!isRead || attempt === 20) throw error;
      await pause(50);
    }
  }
}

/** Whether a thrown value is the system's error of one of the codes, such as ENOENT. */
export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  // By shape: under Jest the system's errors are of another realm, and instanceof says no.
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}
