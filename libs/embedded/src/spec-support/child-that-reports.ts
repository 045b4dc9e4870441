import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts a script of this folder and waits for its first line of output, which is JSON. */
export async function childThatReports(
  script: string,
  ...args: string[]
): Promise<{ child: ChildProcess; report: Readonly<Record<string, unknown>> }> {
  const child = spawn(process.execPath, ['--conditions=report-source', join(__dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const report = await new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      resolve(JSON.parse(line) as Readonly<Record<string, unknown>>);
    });
    child.once('exit', (code) => {
      reject(new Error(`${script} ended with ${String(code)} before it reported`));
    });
  });
  return { child, report };
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
