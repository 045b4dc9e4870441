import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { bundle } from './bundle.mjs';
import { installed, repository } from './repository.mjs';
import { runQuietly } from './run.mjs';
import { setUpStep } from './set-up-step.mjs';

const settings = [
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'apps/report-service/recorded-examples.json',
  'scripts/lib/bundle.mjs',
];
/** Says which sources dist/ is of. */
export const buildStamp = join(repository, 'dist', '.built-from');

/** Compiles apps and libraries into dist/ and joins the programs for running, unless dist/ is of these very sources. */
export async function buildWhenStale() {
  const sources = fingerprint();
  if (existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === sources) return;
  await setUpStep('compiling', async () => {
    const result = await runQuietly(process.execPath, [
      installed('@nestjs/cli/bin/nest.js'),
      'build',
      'report-service',
    ]);
    if (result.status !== 0) return result;
    await bundle(repository);
    writeFileSync(buildStamp, sources);
    return result;
  });
}

/** Names, sizes and times of all that the build reads: a removed file counts as well as a newer one. */
function fingerprint() {
  const hash = createHash('sha256');
  const files = [...settings, ...sourceFiles('apps'), ...sourceFiles('bench'), ...sourceFiles('libs')];
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(join(repository, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** TypeScript sources of a folder that end up in dist/. */
export function sourceFiles(folder) {
  return readdirSync(join(repository, folder), { recursive: true })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.endsWith('.d.ts'))
    .map((path) => join(folder, path));
}
