// docs/configuration.md names every variable that the service reads, with its default and range, and no other.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repository } from '../lib/repository.mjs';

const application = 'apps/report-service/src';
const config = [read('libs/platform/src/config/config.ts'), read('libs/platform/src/config/edge-config.ts')].join('\n');
const root = readdirSync(join(repository, application)).filter((file) => /(?<!\.spec)\.ts$/.test(file));
const code = [config, ...root.map((file) => read(`${application}/${file}`))].join('\n');
const document = read('docs/configuration.md');

const named = /(?:env\['|\b(?:text|url|oneOf|integer)\('|config\.)([A-Z][A-Z0-9_]+)\b/g;
const variables = new Set([...code.matchAll(named)].map(([, name]) => name));
const rows = new Map([...document.matchAll(/^\| `([A-Z][A-Z0-9_]+)`\s*\|(.*)$/gm)].map(([, name, row]) => [name, row]));

if (variables.size < 20) complain(`Only ${variables.size} variables were found in the code.`);
for (const name of variables) if (!rows.has(name)) complain(`${name} is read by the service and not in the document.`);
for (const name of rows.keys())
  if (!variables.has(name)) complain(`${name} is in the document and not read by the service.`);

for (const [, name, ...numbers] of config.matchAll(/integer\('(\w+)', ([\w. *]+), ([\w.]+), ([\w.]+)\)/g)) {
  const row = (rows.get(name) ?? '').replaceAll(',', '');
  for (const source of numbers) {
    const value = valueOf(source);
    if (value !== null && !new RegExp(`\\b${value}\\b`).test(row)) {
      complain(`${name}: the document does not say ${value}.`);
    }
  }
}

/** `3600`, `65_535`, `4 * 1024 ** 3`; null where there is no upper bound. */
function valueOf(source) {
  const plain = source.replaceAll('_', '');
  const [, factor, base, exponent] = /^(\d+) \* (\d+) \*\* (\d+)$/.exec(plain) ?? [];
  if (factor !== undefined) return Number(factor) * Number(base) ** Number(exponent);
  return plain.startsWith('Number.MAX') ? null : Number(plain);
}

function read(file) {
  return readFileSync(join(repository, file), 'utf8');
}

function complain(sentence) {
  process.exitCode = 1;
  process.stderr.write(`${sentence}\n`);
}
