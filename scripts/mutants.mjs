// Puts each fault of lib/mutants.mjs into a copy of the tree and runs the test that must see it: it passes before and
// fails after. npm run mutants, or some of them by set or spec: npm run mutants -- claims, npm run mutants -- fuzz recovery
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bundle } from './lib/bundle.mjs';
import { mutants, mutated, staleMutants } from './lib/mutants.mjs';
import { installed, repository } from './lib/repository.mjs';
import { setUp } from './lib/set-up.mjs';
import { countTests } from './lib/test-summary.mjs';

const sourceOf = ({ file }) => join(copy, file);
const builtOf = ({ file }) => join(copy, 'dist', file.replace(/\.ts$/, '.js'));
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

const stale = staleMutants(repository);
if (stale.length > 0) {
  process.stderr.write(`${stale.join('\n')}\n`);
  process.exit(1);
}
await setUp();

const wanted = process.argv.slice(2);
const isWanted = ({ set, spec }) => wanted.some((name) => name === set || spec.includes(name));
const chosen = mutants.filter((mutant) => wanted.length === 0 || isWanted(mutant));
const copy = copyOfTree();
const healthy = new Map();
let caught = 0;
for (const mutant of chosen) {
  const { by, missed } = await tried(mutant);
  if (by !== undefined) caught += 1;
  process.stdout.write(`${by === undefined ? 'MISSED' : 'caught'}  ${mutant.spec}: ${mutant.fault}`);
  process.stdout.write(by === undefined ? ` (${missed})\n` : `\n          by: ${by}\n`);
}
rmSync(copy, { recursive: true, force: true });
process.stdout.write(countTests(caught, chosen.length - caught));
process.exitCode = chosen.length > 0 && caught === chosen.length ? 0 : 1;

/** The test that saw it, or why none did. */
async function tried(mutant) {
  const { spec, test } = mutant;
  const before = healthy.get(`${spec} ${test}`) ?? outcomeOf(mutant);
  healthy.set(`${spec} ${test}`, before);
  if (before.passed === 0 || before.failed.length > 0 || before.broken > 0)
    return { missed: 'the test does not pass without the fault' };
  const changed = mutant.built === false ? [sourceOf(mutant)] : [sourceOf(mutant), builtOf(mutant)];
  const restore = changed.map((path) => put(path, mutant));
  await joined(mutant);
  const { failed, broken } = outcomeOf(mutant);
  for (const undo of restore) undo();
  await joined(mutant);
  if (broken > 0) return { missed: 'the spec did not run' };
  return failed.length > 0 ? { by: failed[0] } : { missed: 'the test passes with the fault' };
}

/** End-to-end specs start the programs as they are joined. */
async function joined({ spec, built }) {
  if (built !== false && spec.includes('e2e')) await bundle(copy);
}

function outcomeOf({ spec, test }) {
  const results = join(copy, 'results.json');
  rmSync(results, { force: true });
  const only = ['--testPathPatterns', spec, ...(test === undefined ? [] : ['--testNamePattern', test])];
  // In the same process: most specs take less time than a worker's start.
  spawnSync(
    process.execPath,
    [installed('jest/bin/jest.js'), '--runInBand', '--json', `--outputFile=${results}`, ...only],
    {
      cwd: copy,
      stdio: 'ignore',
    },
  );
  // Jest that was ended, or whose set-up failed, leaves no results.
  if (!existsSync(results)) return { passed: 0, failed: [], broken: 1 };
  const { numPassedTests: passed, numRuntimeErrorTestSuites: broken, testResults } = read(results);
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed');
  return { passed, failed: failed.map(({ fullName }) => fullName), broken };
}

/** The sources that Git knows or may know, and what was built from them. */
function copyOfTree() {
  const folder = mkdtempSync(join(tmpdir(), 'airt-mutants-'));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: repository,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter(Boolean)) cpSync(join(repository, file), join(folder, file));
  cpSync(join(repository, 'dist'), join(folder, 'dist'), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return folder;
}

/** Answers how to undo it. */
function put(path, mutant) {
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, mutated(before, mutant));
  return () => writeFileSync(path, before);
}
