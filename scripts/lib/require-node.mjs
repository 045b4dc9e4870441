import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repository } from './repository.mjs';

/** Ends with a clear word where a newer syntax or API would fail obscurely. */
export function requireNode() {
  const { node: supported } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).engines;
  if (isSupported(process.versions.node, supported)) return;
  process.stderr.write(`Node ${supported} is needed; this is ${process.versions.node}.\n`);
  process.exit(1);
}

/** Whether a version is in a range such as `^20.19 || ^22.13 || >=24`; other forms are not known here. */
export function isSupported(version, range) {
  const [major, minor] = version.split('.').map(Number);
  return range.split(' || ').some((part) => {
    const [, sign, from, least = 0] = /^(\^|>=)(\d+)(?:\.(\d+))?$/.exec(part) ?? [];
    if (sign === undefined) throw new Error(`Not a range of versions that is known here: ${part}`);
    return (major === Number(from) && minor >= Number(least)) || (sign === '>=' && major > Number(from));
  });
}
