import { accessSync, constants } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';

/** PostgreSQL refuses to run as root; "nobody" owns no other file that it could harm. */
export const serverAccount = { uid: 65_534, gid: 65_534 } as const;

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Spawn options that make a child run as the server's account: none for an ordinary user, who runs it himself. */
export function asServerAccount(): { uid?: number; gid?: number } {
  return runsAsRoot() ? { ...serverAccount } : {};
}

/** Whether any account may enter the folder: a home with mode 0700 on the path shuts the server out. */
export async function isReachableByAll(folder: string): Promise<boolean> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (((await stat(path)).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** A temporary folder that outlives a reboot where the system has one. */
export function lastingTempDir(): string {
  try {
    accessSync('/var/tmp', constants.W_OK | constants.X_OK);
    return '/var/tmp';
  } catch {
    return tmpdir();
  }
}
