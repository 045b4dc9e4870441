// Generated campaigns, each report held against its stored runs: npm run audit -- --campaigns 5000 --seed 42
import { parseArgs } from 'node:util';

import { installed } from './lib/repository.mjs';
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';

await setUp();

const { values } = parseArgs({
  options: { campaigns: { type: 'string', default: '5000' }, seed: { type: 'string', default: '' } },
});
process.exitCode = await run(
  process.execPath,
  [installed('jest/bin/jest.js'), '--selectProjects=e2e', '--testPathPatterns', 'audit/campaigns.e2e-spec'],
  { AIRT_AUDIT_RUNS: values.campaigns, ...(values.seed === '' ? {} : { AIRT_AUDIT_SEED: values.seed }) },
);
