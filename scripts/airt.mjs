// The command line of the service: organizations, workspaces, projects, members and keys (docs/access.md).
import { pathToFileURL } from 'node:url';

import { buildWhenStale } from './lib/build.mjs';
import { installWhenStale } from './lib/install.mjs';
import { repository } from './lib/repository.mjs';
import { requireNode } from './lib/require-node.mjs';

requireNode();
await installWhenStale();
await buildWhenStale();
await import(pathToFileURL(`${repository}dist/apps/report-service/src/airt.js`).href);
