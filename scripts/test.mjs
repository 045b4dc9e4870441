// The README's test command: set-up, all tests, what was real and what was skipped, and the count as the last line.
// --unit: the unit specs alone, which need no build. --long: the specs that have a longer form, in that form.
// All else goes to Jest: npm test -- PATH
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildWhenStale } from './lib/build.mjs';
import { installWhenStale } from './lib/install.mjs';
import { installed, repository } from './lib/repository.mjs';
import { requireNode } from './lib/require-node.mjs';
import { run } from './lib/run.mjs';
import { countTests, printTestSummary } from './lib/test-summary.mjs';

const [unit, long] = ['--unit', '--long'].map((flag) => process.argv.includes(flag));
const asked = process.argv.slice(2).filter((argument) => argument !== '--unit' && argument !== '--long');
if (long) asked.push(...longSpecs());
if (unit) asked.push('--selectProjects', 'unit');

requireNode();
await installWhenStale();
if (!unit) await buildWhenStale();

const scratch = mkdtempSync(join(tmpdir(), 'airt-test-'));
const results = join(scratch, 'results.json');
const env = {
  // Tests add a line for each check that this machine cannot run, and for each real part they ran against.
  AIRT_SKIP_REPORT: join(scratch, 'skipped.txt'),
  AIRT_PARTS_REPORT: join(scratch, 'parts.txt'),
  ...(long && { AIRT_TEST_LENGTH: 'long' }),
};
const status = await run(
  process.execPath,
  [installed('jest/bin/jest.js'), '--json', `--outputFile=${results}`, ...asked],
  env,
);
const { passed, failed } = printTestSummary(results, env, status);
rmSync(scratch, { recursive: true, force: true });

process.exitCode = status === 0 && failed > 0 ? 1 : status;
process.stdout.write(countTests(passed, failed));

function longSpecs() {
  return ['apps', 'libs', 'test']
    .flatMap((folder) => readdirSync(join(repository, folder), { recursive: true }).map((path) => join(folder, path)))
    .filter((path) => path.endsWith('spec.ts') && readFileSync(join(repository, path), 'utf8').includes('atLength('));
}
