// Puts each fault of lib/mutants.mjs into a copy of the tree and runs the test that must see it: it passes before and
// fails after. npm run mutants, or some of them: npm run mutants -- fuzz recovery
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
const chosen = mutants.filter(({ spec }) => wanted.length === 0 || wanted.some((name) => spec.includes(name)));
const copy = copyOfTree();
let caught = 0;
for (const mutant of chosen) {
  const outcome = tried(mutant);
  if (outcome === 'caught') caught += 1;
  process.stdout.write(`${outcome === 'caught' ? 'caught' : 'MISSED'}  ${mutant.spec}: ${mutant.fault}`);
  process.stdout.write(outcome === 'caught' ? '\n' : ` (${outcome})\n`);
}
rmSync(copy, { recursive: true, force: true });
process.stdout.write(countTests(caught, chosen.length - caught));
process.exitCode = caught === chosen.length ? 0 : 1;

function tried(mutant) {
  const healthy = outcomeOf(mutant);
  if (healthy.passed === 0 || healthy.failed > 0 || healthy.broken > 0)
    return 'the test does not pass without the fault';
  const restore = [sourceOf(mutant), builtOf(mutant)].map((path) => put(path, mutant));
  const { failed, broken } = outcomeOf(mutant);
  for (const undo of restore) undo();
  if (broken > 0) return 'the spec did not run';
  return failed > 0 ? 'caught' : 'the test passes with the fault';
}

function outcomeOf({ spec, test }) {
  const results = join(copy, 'results.json');
  rmSync(results, { force: true });
  const only = ['--testNamePattern', test, '--testPathPatterns', spec];
  spawnSync(process.execPath, [installed('jest/bin/jest.js'), '--json', `--outputFile=${results}`, ...only], {
    cwd: copy,
    stdio: 'ignore',
  });
  // Jest that was ended, or whose set-up failed, leaves no results.
  if (!existsSync(results)) return { passed: 0, failed: 0, broken: 1 };
  const { numPassedTests: passed, numFailedTests: failed, numRuntimeErrorTestSuites: broken } = read(results);
  return { passed, failed, broken };
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
