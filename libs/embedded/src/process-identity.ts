import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { isErrorCode } from '#files';

const run = promisify(execFile);

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own notation; compared, never read. */
  readonly started: string;
}

/** Who runs under this number now, if anybody. */
export async function identifyProcess(
  pid: number,
  platform: NodeJS.Platform = process.platform,
): Promise<ProcessIdentity | undefined> {
  if (!isTaken(pid)) return undefined;
  const started = platform === 'linux' ? await startOnLinux(pid) : readStart(await ask(platform, pid, 'start'));
  return started === undefined ? undefined : { pid, started };
}

export async function isStillRunning(known: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(known.pid);
  return now?.started === known.started;
}

/** The command line of a process, empty where the system does not tell. */
export async function commandLineOf(pid: number, platform: NodeJS.Platform = process.platform): Promise<string> {
  return await ask(platform, pid, 'command');
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

/** The program that tells a fact of a process: PowerShell on Windows, elsewhere ps. */
export function processQuery(
  platform: NodeJS.Platform,
  pid: number,
  fact: 'start' | 'command',
): readonly [program: string, args: readonly string[]] {
  if (platform === 'win32') {
    const property = fact === 'start' ? 'CreationDate.ToFileTimeUtc()' : 'CommandLine';
    const script = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').${property}`;
    return ['powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]];
  }
  // One -o each: in the ps of macOS all that follows a "=" is the heading.
  const columns = fact === 'start' ? ['-o', 'state=', '-o', 'lstart='] : ['-ww', '-o', 'command='];
  return ['ps', [...columns, '-p', String(pid)]];
}

/** The start time in the answer of the query; none for a zombie, which has ended: only its parent has not asked yet. */
export function readStart(answer: string): string | undefined {
  const text = answer.trim();
  if (text === '' || text.startsWith('Z')) return undefined;
  // The state before it changes from one look to the next.
  return text.replace(/^[A-Z]\S*\s+/, '');
}

async function ask(platform: NodeJS.Platform, pid: number, fact: 'start' | 'command'): Promise<string> {
  const [program, args] = processQuery(platform, pid, fact);
  try {
    // The time in one zone and language, whatever this process and the next one were started with.
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const { stdout } = await run(program, args, { env, windowsHide: true });
    return stdout.trim();
  } catch {
    return '';
  }
}

/** Whether anybody has the number: to ask who takes long on Windows. */
function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !isErrorCode(error, 'ESRCH');
  }
}

async function startOnLinux(pid: number): Promise<string | undefined> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    ]);
    // State, parent and so on follow the command name, which may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${boot.trim()}/${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}
