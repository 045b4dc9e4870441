import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { InvalidConfig, readConfig } from '#platform';
import { createApp } from './create-app.ts';
import { type EmbeddedStack, startEmbeddedParts } from './embedded-parts.ts';
import { makeFirstKey } from './make-first-key.ts';
import { migrate } from './migrate.ts';

type Ending = () => Promise<void>;

/** Starts one process as APP_ROLE says: `all`, `api`, `worker`, or `migrate`, which ends when it is done. */
async function start(stack: EmbeddedStack, endings: Ending[]): Promise<void> {
  const config = readConfig({ ...process.env, ...stack.variables });
  if (stack.embedded || config.role === 'migrate' || config.migrateOnStart) await migrate(config);
  await makeFirstKey(config, stack.embedded);
  if (config.role === 'migrate') {
    await endAll(endings);
    return;
  }
  const app = await createApp(config);
  endings.push(() => app.close());
  // Asked to end while it started: nothing was claimed, and nothing is to be.
  if (ending) return;
  await app.init();
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  await stack.announce(`http://${config.host}:${port}`);
}

/** The application ends before the stack that it stands on. */
async function endAll(endings: Ending[]): Promise<void> {
  for (const end of endings.splice(0).reverse()) await end();
}

async function shutDown(endings: Ending[]): Promise<void> {
  ending = true;
  // A part that hangs must not keep the process; what is unfinished is recovered by the next one.
  setTimeout(() => process.exit(1), 25_000).unref();
  await endAll(endings);
  process.exit(0);
}

const endings: Ending[] = [];
let ending = false;
// Before anything is claimed or listened for: a signal while starting ends in good order too.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutDown(endings));
// Who starts us with a channel (npm start) ends us by closing it, also by being killed: Windows has no signal for it.
process.once('disconnect', () => void shutDown(endings));
process.channel?.unref();
// It may have gone while the code was loaded; undefined where there never was one.
if ((process.connected as boolean | undefined) === false) await shutDown(endings);
try {
  const stack = await startEmbeddedParts(process.env);
  endings.push(() => stack.stop());
  if (stack.runningAt === null) await start(stack, endings);
  else process.stderr.write(`A service already runs on this data folder: ${stack.runningAt}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof InvalidConfig ? error.message : String((error as Error).stack)}\n`);
  await endAll(endings);
  process.exitCode = 1;
}
