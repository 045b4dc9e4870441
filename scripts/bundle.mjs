// The second half of a build: dist/ as tsc made it, joined for running.
import { bundle } from './lib/bundle.mjs';
import { repository } from './lib/repository.mjs';

await bundle(repository);
