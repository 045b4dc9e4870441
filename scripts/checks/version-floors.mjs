// Packages with known holes below a version: the lockfile must hold none of them, however deep.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repository } from '../lib/repository.mjs';

/** The first version without the hole that the remark names. */
const floors = [
  ['pdfmake', '0.3.11', 'server-side requests by image URLs (CVE-2026-26801), reads of local files'],
  ['pdfkit', '0.19.1', 'weak key derivation in older ones (CVE-2023-46233)'],
  ['bullmq', '6.0.7', 'workers dead after a reconnect; msgpackr (CVE-2023-52079)'],
  ['ioredis', '5.11.0', 'what bullmq 6 is tried with'],
  ['typeorm', '1.0.0', 'undefined in a where-clause matched every row; SQL injection (CVE-2025-60542)'],
  ['class-validator', '0.14.0', 'unknown objects passed validation (CVE-2019-18413)'],
  ['class-transformer', '0.5.1', 'prototype pollution (CVE-2020-7637)'],
  ['minio', '8.0.7', 'XML parser (CVE-2023-0842, CVE-2024-41818)'],
  ['fast-xml-parser', '5.5.7', 'entity expansion (CVE-2026-25896, CVE-2026-33036)'],
  [/^@nestjs\//, '12.0.0', 'several in 10 and 11 (CVE-2024-29409, CVE-2026-35515)'],
  ['multer', '2.1.0', 'crashes by malformed uploads (CVE-2026-2359, CVE-2026-3304)'],
];

const { packages } = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));
const installed = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, { version }]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 13), version }));

for (const [wanted, floor, reason] of floors) {
  const found = installed.filter(({ name }) => (typeof wanted === 'string' ? name === wanted : wanted.test(name)));
  // A floor for what is no longer there watches nothing: take it out, or mend the name.
  if (found.length === 0) complain(`${wanted} is not in the lockfile.`);
  for (const { path, version } of found) {
    if (!atLeast(version, floor)) complain(`${path} is ${version}, below ${floor}: ${reason}.`);
  }
}

function complain(sentence) {
  process.exitCode = 1;
  process.stderr.write(`${sentence}\n`);
}

/** A pre-release comes before its release: 1.0.0-beta.1 is not 1.0.0. */
function atLeast(version, floor) {
  const [numbers, preRelease] = version.split(/-(.*)/s);
  const has = numbers.split('.').map(Number);
  const wants = floor.split('.').map(Number);
  for (const [place, want] of wants.entries()) {
    if (has[place] !== want) return has[place] > want;
  }
  return preRelease === undefined || preRelease === '';
}
