// Each fault of the list of mutants still fits the sources; npm run mutants runs them.
import { staleMutants } from '../lib/mutants.mjs';
import { repository } from '../lib/repository.mjs';

for (const fault of staleMutants(repository)) {
  process.exitCode = 1;
  process.stderr.write(`scripts/lib/mutants.mjs: ${fault}\n`);
}
