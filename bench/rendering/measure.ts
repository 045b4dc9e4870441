import { execFile, spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

export interface Cost {
  readonly wall_s: number;
  readonly cpu_s: number;
  /** Of the largest process of the tree. */
  readonly peak_rss_mb: number;
}

export type Measured = { readonly cost: Cost } | { readonly failed: string };

/** One whole fresh process under `time -v`, with its start-up; ended with all its children at the limit. */
export async function measureProcess({ file, args }: Command, times: string, limitSeconds: number): Promise<Measured> {
  const child = spawn('/usr/bin/time', ['-o', times, '-v', file, ...args], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4_000)));
  const late = AbortSignal.timeout(limitSeconds * 1_000);
  late.addEventListener('abort', () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  });
  const started = performance.now();
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const wall = (performance.now() - started) / 1_000;
  if (late.aborted) return { failed: `timeout after ${limitSeconds} s` };
  if (code !== 0) return { failed: reason(said, code) };
  const report = await readFile(times, 'utf8');
  const field = (name: string): number => Number(new RegExp(`${name}: ([\\d.]+)`).exec(report)?.[1]);
  return {
    cost: {
      wall_s: wall,
      cpu_s: field(String.raw`User time \(seconds\)`) + field(String.raw`System time \(seconds\)`),
      peak_rss_mb: field(String.raw`Maximum resident set size \(kbytes\)`) / 1024,
    },
  };
}

function reason(said: string, code: number | null): string {
  if (said.includes('heap out of memory')) return 'out of memory';
  const line = said.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
  return `ended with ${code ?? 'a signal'}: ${line}`;
}

export interface Checked {
  readonly bytes: number;
  readonly pages: number;
}

/** Bytes and pages of a PDF that must name every finding of the content. */
export async function checkPdf(path: string, findings: number): Promise<Checked> {
  const { stdout: info } = await run('pdfinfo', [path]);
  const { stdout: text } = await run('pdftotext', ['-q', path, '-'], { maxBuffer: 1024 ** 3 });
  const ids = new Set(text.match(/F-\d+/g));
  const missing: string[] = [];
  for (let rank = 1; rank <= findings; rank++) {
    const id = `F-${String(rank).padStart(3, '0')}`;
    if (!ids.has(id)) missing.push(id);
  }
  if (missing.length > 0) throw new Error(`lacks ${missing.length} findings, ${missing[0] ?? ''} the first`);
  return { bytes: (await stat(path)).size, pages: Number(/^Pages:\s+(\d+)/m.exec(info)?.[1]) };
}
