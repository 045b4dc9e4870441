// Set-up, then one benchmark by its folder: npm run bench:import -- --lines 200000 --json bench/import/result.json
import { pathToFileURL } from 'node:url';

import { buildWhenStale } from './lib/build.mjs';
import { installWhenStale } from './lib/install.mjs';
import { repository } from './lib/repository.mjs';
import { requireNode } from './lib/require-node.mjs';

requireNode();
await installWhenStale();
await buildWhenStale();

const [name] = process.argv.splice(2, 1);
await import(pathToFileURL(`${repository}dist/bench/${name}/main.js`).href);
