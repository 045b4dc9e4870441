// The fuzzer at length: npm run fuzz -- --requests 100000 --seed 42
import { parseArgs } from 'node:util';

import { installed } from './lib/repository.mjs';
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';

await setUp();

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '' } },
});
process.exitCode = await run(
  process.execPath,
  [installed('jest/bin/jest.js'), '--selectProjects=e2e', '--testPathPatterns', 'fuzz.e2e-spec'],
  { FUZZ_REQUESTS: values.requests, FUZZ_SEED: values.seed },
);
