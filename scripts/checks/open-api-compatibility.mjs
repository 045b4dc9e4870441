// docs/openapi.json breaks no client of the last release, docs/openapi-baseline.json, unless the version says so.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildWhenStale } from '../lib/build.mjs';
import { importBuilt, repository } from '../lib/repository.mjs';

await buildWhenStale();
const { breakingChanges } = await importBuilt('apps/report-service/src/open-api/compare-documents.js');

const [baseline, document] = ['docs/openapi-baseline.json', 'docs/openapi.json'].map(read);
const breaks = breakingChanges(baseline, document);
if (breaks.length > 0 && !mayBreak(baseline.info.version, document.info.version)) {
  process.exitCode = 1;
  process.stderr.write(
    `Clients of ${baseline.info.version} would break. Keep what they use, or raise the version in package.json ` +
      `(major; before 1.0 minor):\n${breaks.map((fault) => `- ${fault}\n`).join('')}`,
  );
}

function read(file) {
  const path = join(repository, file);
  if (!existsSync(path)) throw new Error(`${file} is missing: npm run docs:baseline writes it at a release.`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** By semantic versioning: before 1.0 the second number is the one that may break. */
function mayBreak(before, after) {
  const [had, has] = [before, after].map((version) => version.split('.').map(Number));
  return has[0] > had[0] || (had[0] === 0 && has[0] === 0 && has[1] > had[1]);
}
