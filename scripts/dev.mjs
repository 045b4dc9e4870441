// The service with its embedded parts while somebody works on it: compiles each change and starts again. With --inspect a
// debugger may attach. npm run start:dev, npm run start:debug
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

import { buildStamp } from './lib/build.mjs';
import { installed, repository } from './lib/repository.mjs';
import { setUp } from './lib/set-up.mjs';

await setUp();
// From here on dist/ follows the sources without a stamp: what runs next compiles for itself.
rmSync(buildStamp, { force: true });

const compiler = [installed('@nestjs/cli/bin/nest.js'), 'build', 'report-service', '--watch', '--preserveWatchOutput'];
const service = ['--watch', '--enable-source-maps', ...process.argv.slice(2), 'dist/apps/report-service/src/main.js'];
const running = [compiler, service].map((args) => spawn(process.execPath, args, { cwd: repository, stdio: 'inherit' }));

// Ctrl-C reaches all three; who ends this one alone, or sees one of the two end, ends all.
const endAll = () => running.forEach((child) => child.kill('SIGTERM'));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, endAll);
for (const child of running) child.on('exit', endAll);
