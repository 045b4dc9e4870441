// The README's test command: set-up, all tests, what was real and what was skipped, and the count as the last line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildWhenStale } from './lib/build.mjs';
import { installWhenStale } from './lib/install.mjs';
import { installed } from './lib/repository.mjs';
import { requireNode } from './lib/require-node.mjs';
import { run } from './lib/run.mjs';
import { countTests, printTestSummary } from './lib/test-summary.mjs';

requireNode();
await installWhenStale();
await buildWhenStale();

const scratch = mkdtempSync(join(tmpdir(), 'airt-test-'));
const results = join(scratch, 'results.json');
const reports = {
  // Tests add a line for each check that this machine cannot run, and for each real part they ran against.
  AIRT_SKIP_REPORT: join(scratch, 'skipped.txt'),
  AIRT_PARTS_REPORT: join(scratch, 'parts.txt'),
};
const status = await run(
  process.execPath,
  [installed('jest/bin/jest.js'), '--json', `--outputFile=${results}`, ...process.argv.slice(2)],
  reports,
);
const { passed, failed } = printTestSummary(results, reports, status);
rmSync(scratch, { recursive: true, force: true });

process.exitCode = status === 0 && failed > 0 ? 1 : status;
process.stdout.write(countTests(passed, failed));
