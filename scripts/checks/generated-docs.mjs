// Generated documents must be those that the code gives now.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildWhenStale } from '../lib/build.mjs';
import { generateDocs } from '../lib/generated-docs.mjs';
import { repository } from '../lib/repository.mjs';

await buildWhenStale();

for (const [file, text] of await generateDocs()) {
  const path = join(repository, file);
  const committed = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (committed === text) continue;
  process.exitCode = 1;
  process.stderr.write(`${file} is stale: run \`npm run docs\`. ${firstDifference(committed, text)}\n`);
}

function firstDifference(committed, wanted) {
  const [had, wants] = [committed.split('\n'), wanted.split('\n')];
  const line = wants.findIndex((text, index) => text !== had[index]);
  return line === -1
    ? `It has ${had.length - wants.length} lines too many.`
    : `Line ${line + 1} should be: ${wants[line].slice(0, 160)}`;
}
