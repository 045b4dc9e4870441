// What can be said of docker/compose.yaml without Docker: it is YAML, its parts fit, and no secret has a default.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Comes with @nestjs/swagger.
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';

import { repository } from '../lib/repository.mjs';

const read = (file) => readFileSync(join(repository, file), 'utf8');
const text = read('docker/compose.yaml');
const { services, volumes } = load(text, { schema: CORE_SCHEMA.withTags(mergeTag) });
const example = new Set([...read('docker/.env.example').matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name));
const documented = new Set([...read('docs/configuration.md').matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, name]) => name));

if (Object.keys(services).length < 6) complain('Fewer than six services were found.');
for (const [name, service] of Object.entries(services)) {
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    if (!services[other]) complain(`${name} depends on ${other}, which is not there.`);
    // Services of our own image have the health check of the Dockerfile.
    else if (condition === 'service_healthy' && !services[other].healthcheck && !services[other].build) {
      complain(`${name} waits for the health of ${other}, which has no health check.`);
    }
  }
  for (const volume of service.volumes ?? []) {
    const [source] = volume.split(':');
    if (!source.startsWith('.') && !(source in volumes)) complain(`${name} mounts ${source}, which is not declared.`);
  }
  for (const port of service.ports ?? []) {
    if (!port.startsWith('127.0.0.1:')) complain(`${name} publishes ${port} to every network.`);
  }
  if (!service.build) continue;
  for (const variable of Object.keys(service.environment)) {
    if (!documented.has(variable)) complain(`${name} sets ${variable}, which docs/configuration.md does not know.`);
  }
}

for (const [, variable, rest] of text.matchAll(/\$\{([A-Z0-9_]+)([^}]*)\}/g)) {
  if (!example.has(variable)) complain(`${variable} is not in docker/.env.example.`);
  if (/PASSWORD|SECRET|KEY/.test(variable) && !rest.startsWith(':?')) complain(`${variable} may be left out.`);
}
for (const [, name, value] of text.matchAll(/^\s+(\w*(?:PASSWORD|SECRET|KEY|AUTH)\w*):\s*(.+)$/gm)) {
  if (!value.startsWith('${') && !name.endsWith('_FILE')) complain(`${name} has a value in the file.`);
}
for (const [line, value] of read('docker/.env.example').matchAll(/^[A-Z0-9_]*(?:PASSWORD|SECRET|KEY)=(.*)$/gm)) {
  if (value !== '') complain(`docker/.env.example holds a secret: ${line.split('=')[0]}.`);
}

function complain(sentence) {
  process.exitCode = 1;
  process.stderr.write(`${sentence}\n`);
}
