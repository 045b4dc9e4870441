// All static checks in turn, and a table of what passed.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { sourceFiles } from './lib/build.mjs';
import { installWhenStale } from './lib/install.mjs';
import { installed, repository } from './lib/repository.mjs';
import { requireNode } from './lib/require-node.mjs';
import { runQuietly } from './lib/run.mjs';

requireNode();
await installWhenStale();

const node = (...args) => runQuietly(process.execPath, args);
const checks = [
  ['types (tsc)', () => node(installed('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json')],
  [
    'lint (eslint)',
    () => node(installed('eslint/bin/eslint.js'), '.', '--cache', '--cache-location', 'node_modules/.cache/eslint/'),
  ],
  [
    'format (prettier)',
    () => node(installed('prettier/bin/prettier.cjs'), '--check', '.', '--cache', '--log-level=warn'),
  ],
  ['boundaries (dependency-cruiser)', cruise],
  ...ownChecks(),
];

const rows = [];
for (const [name, check] of checks) {
  const start = performance.now();
  const { status, output } = await check();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (status !== 0) process.stdout.write(`\n── ${name} ──\n${output.trimEnd()}\n`);
  rows.push({ name, passed: status === 0, seconds });
}

const width = Math.max(...rows.map(({ name }) => name.length));
process.stdout.write('\n');
for (const { name, passed, seconds } of rows) {
  process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${name.padEnd(width)}  ${seconds.padStart(5)} s\n`);
}
process.exitCode = rows.every(({ passed }) => passed) ? 0 : 1;

/** A cruise that saw nothing is green: it must have seen every source file. */
async function cruise() {
  const result = await node(
    installed('dependency-cruiser/bin/dependency-cruise.mjs'),
    'apps',
    'libs',
    'test/audit',
    '--config',
    '.dependency-cruiser.cjs',
  );
  const seen = Number(/\((\d+) modules/.exec(result.output)?.[1] ?? 0);
  const expected = sourceFiles('apps').length + sourceFiles('libs').length;
  if (result.status !== 0 || seen >= expected) return result;
  return { status: 1, output: `${result.output}\nOnly ${seen} modules were cruised, of ${expected} source files.` };
}

/** Each file in scripts/checks is a check of its own. */
function ownChecks() {
  const folder = join(repository, 'scripts', 'checks');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mjs'))
    .sort()
    .map((file) => [file.replace(/\.mjs$/, '').replaceAll('-', ' '), () => node(join(folder, file))]);
}
