import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own notation; compared, never read. */
  readonly started: string;
}

/** Who runs under this number now, if anybody. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  const started = process.platform === 'linux' ? await startedOnLinux(pid) : await startedElsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

/** The number of the process that started this one, if it runs. */
export async function parentOf(pid: number): Promise<number | undefined> {
  try {
    const text =
      process.platform === 'linux'
        ? (await statFields(pid))[1]
        : (await run('ps', ['-o', 'ppid=', '-p', String(pid)])).stdout;
    return Number(text);
  } catch {
    return undefined;
  }
}

export async function isStillRunning(known: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(known.pid);
  return now?.started === known.started;
}

export function isProcessIdentity(value: unknown): value is ProcessIdentity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'started' in value &&
    typeof value.started === 'string'
  );
}

async function startedOnLinux(pid: number): Promise<string | undefined> {
  try {
    const [fields, boot] = await Promise.all([
      statFields(pid),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    ]);
    // A zombie has ended; only its parent has not asked yet.
    return fields[0] === 'Z' ? undefined : `${boot.trim()}/${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}

/** State, parent and so on: what follows the command name, which may itself hold spaces and brackets. */
async function statFields(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

async function startedElsewhere(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
