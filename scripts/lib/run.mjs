import { spawn } from 'node:child_process';

import { repository } from './repository.mjs';

/** Runs a program with the terminal as its own; answers its exit status. */
export function run(command, args, env = {}) {
  return started(spawn(command, args, options(env, 'inherit')));
}

/** Runs a program in silence; answers its exit status and all that it wrote. */
export async function runQuietly(command, args, env = {}) {
  const child = spawn(command, args, options(env, ['ignore', 'pipe', 'pipe']));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return { status: await started(child), output };
}

const options = (env, stdio) => ({
  cwd: repository,
  // @scarf/scarf, which comes with the Swagger module, would otherwise report each install to its maker.
  env: { ...process.env, SCARF_ANALYTICS: 'false', ...env },
  stdio,
});

function started(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
}
