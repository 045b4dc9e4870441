import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { npm } from './npm.mjs';
import { repository } from './repository.mjs';
import { setUpStep } from './set-up-step.mjs';

const lockfile = join(repository, 'package-lock.json');
const installedLockfile = join(repository, 'node_modules', '.package-lock.json');
const stamp = join(repository, 'node_modules', '.installed-lockfile');

/** Installs exactly what the lockfile says, unless that is what lies in node_modules. */
export async function installWhenStale() {
  if (isFresh()) return;
  await setUpStep('installing dependencies (npm ci)', async () => {
    // Development packages hold the embedded stack: they are wanted whatever NODE_ENV says.
    const { status, output } = await npm(['ci', '--include=dev', '--no-audit', '--no-fund']);
    if (status === 0) writeFileSync(stamp, lockfileHash());
    return { status, output };
  });
}

function isFresh() {
  if (!existsSync(installedLockfile)) return false;
  if (statSync(installedLockfile).mtimeMs >= statSync(lockfile).mtimeMs) return true;
  // A checkout touches the lockfile without changing it.
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash();
}

function lockfileHash() {
  return createHash('sha256').update(readFileSync(lockfile)).digest('hex');
}
