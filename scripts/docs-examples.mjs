// Records the examples of docs/openapi.json anew: starts the demo, sends the requests of docs/http, keeps the answers.
import { pathToFileURL } from 'node:url';

import { buildWhenStale } from './lib/build.mjs';
import { installWhenStale } from './lib/install.mjs';
import { installed, repository } from './lib/repository.mjs';
import { requireNode } from './lib/require-node.mjs';
import { run } from './lib/run.mjs';

requireNode();
await installWhenStale();
await buildWhenStale();

// The recorder shares its parts with the tests, which are no part of the build.
const compiled = await run(process.execPath, [installed('typescript/bin/tsc'), '-p', 'tsconfig.examples.json']);
if (compiled !== 0) process.exit(compiled);
await import(pathToFileURL(`${repository}dist/test/examples/main.js`).href);
