// The first command of the README: set-up, then the main job (apps/quickstart).
import { pathToFileURL } from 'node:url';

import { buildWhenStale } from './lib/build.mjs';
import { installWhenStale } from './lib/install.mjs';
import { repository } from './lib/repository.mjs';
import { requireNode } from './lib/require-node.mjs';

requireNode();
await installWhenStale();
await buildWhenStale();

// In this process: a Ctrl-C then has one receiver, which ends the service in good order.
await import(pathToFileURL(`${repository}dist/apps/quickstart/src/main.js`).href);
