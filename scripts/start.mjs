// The first command of the README: set-up, then the main job (apps/quickstart).
import { importBuilt } from './lib/repository.mjs';
import { setUp } from './lib/set-up.mjs';

await setUp();

// In this process: a Ctrl-C then has one receiver, which ends the service in good order.
await importBuilt('apps/quickstart/src/main.js');
