// Writes the documents that are generated from the code. scripts/checks/generated-docs.mjs says when they are stale.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildWhenStale } from './lib/build.mjs';
import { generateDocs } from './lib/generated-docs.mjs';
import { installWhenStale } from './lib/install.mjs';
import { repository } from './lib/repository.mjs';
import { requireNode } from './lib/require-node.mjs';

requireNode();
await installWhenStale();
await buildWhenStale();

for (const [file, text] of await generateDocs()) {
  writeFileSync(join(repository, file), text);
  process.stdout.write(`written: ${file}\n`);
}
