// The command line of the service: organizations, workspaces, projects, members and keys (docs/access.md).
import { importBuilt } from './lib/repository.mjs';
import { setUp } from './lib/set-up.mjs';

await setUp();
await importBuilt('bundle/apps/report-service/src/airt.js');
