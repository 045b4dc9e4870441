// Records the examples of docs/openapi.json anew: starts the demo, sends the requests of docs/http, keeps the answers.
import { importBuilt, installed } from './lib/repository.mjs';
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';

await setUp();

// The recorder shares its parts with the tests, which are no part of the build.
const compiled = await run(process.execPath, [installed('typescript/bin/tsc'), '-p', 'tsconfig.examples.json']);
if (compiled !== 0) process.exit(compiled);
await importBuilt('test/examples/main.js');
