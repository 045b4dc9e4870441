import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';

import { inputFiles } from './input-files.ts';
import { type Options, readOptions } from './options.ts';
import { runMainJob } from './run-main-job.ts';
import { newRunRecord, writeRunRecord, type RunRecord } from './run-record.ts';
import { startOrJoin, type Service } from './service.ts';
import { Terminal } from './terminal.ts';

const exitStatus = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

async function main(args: readonly string[]): Promise<number> {
  const terminal = new Terminal(process.stdout);
  try {
    return await run(
      readOptions(args, { folder: callersFolder(), dataDir: join(repositoryRoot(), '.data') }),
      terminal,
    );
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // The help or what is wrong has been written already.
    return error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
  }
}

async function run(options: Options, terminal: Terminal): Promise<number> {
  const interrupt = listenForInterrupt();
  const record = newRunRecord(options.project, new Date());
  const start = performance.now();
  let service: Service | undefined;
  let failed = false;
  try {
    // Databases and secrets in it are closed one by one; the server's account must be able to walk through.
    await mkdir(options.dataDir, { recursive: true });
    terminal.title('AIRT report service');
    const files = await inputFiles(options.inputs);
    service = await startOrJoin(options.dataDir, options.port, interrupt.signal);
    record.seconds.service = secondsSince(start);
    terminal.step('Service', `${service.baseUrl} (${service.ours ? 'started' : 'joined, it ran already'})`);
    await runMainJob({ service, options, files, record, terminal, signal: interrupt.signal });
  } catch (error) {
    failed = true;
    record.error = interrupt.signal.aborted ? 'interrupted' : reasonOf(error);
    record.status = interrupt.signal.aborted ? 'interrupted' : 'failed';
    if (!interrupt.signal.aborted) terminal.failure(record.error);
  }
  record.seconds.total = secondsSince(start);
  await writeRunRecord(options.dataDir, record);
  if (!failed) showOutcome(record, options, terminal);

  const unexpected = await serveUntilStopped(service, options.once || failed, interrupt.signal, terminal);
  if (unexpected) return exitStatus.failed;
  if (failed) return record.status === 'interrupted' ? exitStatus.interrupted : exitStatus.failed;
  return exitStatus.done;
}

/** True if the service ended by itself. */
async function serveUntilStopped(
  service: Service | undefined,
  atOnce: boolean,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<boolean> {
  if (service === undefined) return false;
  if (!service.ours) {
    terminal.step('Service', 'goes on running: it was started elsewhere');
    return false;
  }
  let unexpected = false;
  if (!atOnce && !signal.aborted) {
    terminal.step('Service', 'goes on running; Ctrl-C stops it');
    unexpected = await Promise.race([service.ended.then(() => true), aborted(signal).then(() => false)]);
    if (unexpected) terminal.failure(`The service ended by itself; its log is ${service.logFile}`);
  }
  terminal.blank();
  terminal.step('Service', 'stopping');
  await service.stop();
  terminal.step('Service', 'stopped');
  return unexpected;
}

function showOutcome(record: RunRecord, options: Options, terminal: Terminal): void {
  terminal.blank();
  const shown = (path: string): string => {
    const near = relative(callersFolder(), path);
    return near.startsWith('..') ? path : near;
  };
  terminal.step('Report', record.pdf === null ? '' : shown(record.pdf));
  terminal.step('', `${record.file_size_bytes ?? 0} bytes, SHA-256 ${record.sha256 ?? ''}`);
  terminal.step('Signed URL', record.presigned_url ?? '');
  terminal.step('', `valid until ${record.url_expires_at ?? ''}`);
  terminal.step('Swagger UI', record.swagger_ui ?? '');
  terminal.step('API key', record.api_key ?? '');
  terminal.step('Log', shown(join(options.dataDir, 'service.log')));
  terminal.step(
    'Also in',
    `${shown(options.dataDir)}/run.json; variables for docs/http in ${shown(options.dataDir)}/http.env`,
  );
  terminal.blank();
}

/** npm runs its scripts in the root of the package; paths on the command line are meant from where the person stands. */
function callersFolder(): string {
  const byNpm = process.env['npm_lifecycle_event'] === 'start' ? process.env['INIT_CWD'] : undefined;
  return byNpm ?? process.cwd();
}

function repositoryRoot(): string {
  return fileURLToPath(new URL('../../../../', import.meta.url));
}

/** The first Ctrl-C stops in good order; whoever presses again wants out at once, and the service still ends. */
function listenForInterrupt(): AbortController {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(exitStatus.interrupted);
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return controller;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && error.message === 'fetch failed' ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}

function secondsSince(start: number): number {
  return Math.round(performance.now() - start) / 1000;
}

process.exitCode = await main(process.argv.slice(2));
