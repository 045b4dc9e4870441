// Writes the documents that are generated from the code. scripts/checks/generated-docs.mjs says when they are stale.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { generateDocs } from './lib/generated-docs.mjs';
import { repository } from './lib/repository.mjs';
import { setUp } from './lib/set-up.mjs';

await setUp();

for (const [file, text] of await generateDocs()) {
  writeFileSync(join(repository, file), text);
  process.stdout.write(`written: ${file}\n`);
}
