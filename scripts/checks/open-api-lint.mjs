// docs/openapi.json passes Spectral, with its own rules and those of OWASP, and Redocly, both without a warning.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { installed, repository } from '../lib/repository.mjs';
import { runQuietly } from '../lib/run.mjs';
import { notForPublic, ruleset } from '../lint/spectral.mjs';

const file = 'docs/openapi.json';
const text = readFileSync(join(repository, file), 'utf8');
const document = JSON.parse(text);

for (const { code, message, path } of await spectral()) complain(`spectral ${code}: ${message} at ${path.join('/')}`);

const redocly = await runQuietly(
  process.execPath,
  [installed('@redocly/cli/bin/cli.js'), 'lint', file, '--config', 'scripts/lint/redocly.yaml', '--format=stylish'],
  { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' },
);
if (redocly.status !== 0 || !/is valid/.test(redocly.output)) complain(`redocly: ${redocly.output}`);

async function spectral() {
  const require = createRequire(import.meta.url);
  const { Spectral, Document } = require('@stoplight/spectral-core');
  const { Json } = require('@stoplight/spectral-parsers');
  const linter = new Spectral();
  linter.setRuleset(ruleset);
  const found = await linter.run(new Document(text, Json, file));
  return found.filter(({ code, path }) => !(notForPublic.has(code) && isPublic(path)));
}

function isPublic([root, path, method]) {
  const item = root === 'paths' ? document.paths[path] : undefined;
  const operations = item === undefined ? [] : method in item ? [item[method]] : Object.values(item);
  return operations.length > 0 && operations.every(({ security }) => security?.length === 0);
}

function complain(sentence) {
  process.exitCode = 1;
  process.stderr.write(`${sentence}\n`);
}
