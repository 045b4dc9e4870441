import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { runQuietly } from './run.mjs';

/** Runs the npm that started us, if one did: another one on the path may be of another Node. */
export function npm(args) {
  const program = programFile();
  return program === undefined ? runQuietly('npm', args) : runQuietly(process.execPath, [program, ...args]);
}

/** On Windows `npm` is a batch file, which Node starts only through a shell; its program lies beside Node. */
function programFile() {
  const folder = dirname(process.execPath);
  const packages =
    process.platform === 'win32' ? join(folder, 'node_modules') : join(folder, '..', 'lib', 'node_modules');
  const places = [process.env.npm_execpath, join(packages, 'npm', 'bin', 'npm-cli.js')];
  return places.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
}
