import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { ContentFiles } from './content.ts';
import type { Command } from './measure.ts';
import { columns, faces } from './neutral.ts';

const run = promisify(execFile);
const built = fileURLToPath(new URL('./peers/', import.meta.url));
/** Python is not compiled: its sources stay where they are, three folders above dist/bench/rendering. */
const sources = fileURLToPath(new URL('../../../bench/rendering/peers/', import.meta.url));

/** The one that Debian's packages belong to. */
const python = '/usr/bin/python3';

export interface Peer {
  readonly name: string;
  /** Rejects when it is not installed. */
  readonly version: () => Promise<string>;
  readonly install: string;
  readonly command: (files: ContentFiles, out: string, scratch: string) => Command;
}

const node = (script: string, ...args: readonly string[]): Command => ({
  file: process.execPath,
  args: [join(built, script), ...args],
});
const said = async (file: string, ...args: readonly string[]): Promise<string> => (await run(file, args)).stdout.trim();
const own = (): Promise<string> => Promise.resolve(`Node ${process.version}`);

const pdfmakeVersion = (): Promise<string> =>
  Promise.resolve((createRequire(import.meta.url)('pdfmake/package.json') as { version: string }).version);

export const peers: readonly Peer[] = [
  {
    name: 'ours',
    version: own,
    install: 'npm install',
    command: ({ facts, heads, rows }, out) => node('ours.js', facts, heads, rows, out),
  },
  {
    name: 'ours-pool',
    version: own,
    install: 'npm install',
    command: ({ facts, heads, rows }, out) => node('ours-pool.js', facts, heads, rows, out, '4096'),
  },
  {
    name: 'floor',
    version: own,
    install: 'npm install',
    command: ({ neutral }, out) => node('floor.js', neutral, out),
  },
  {
    name: 'reference',
    version: pdfmakeVersion,
    install: 'npm install',
    command: ({ facts, rows }, out) => node('reference.js', facts, rows, out),
  },
  {
    name: 'pdfmake',
    version: pdfmakeVersion,
    install: 'npm install',
    command: ({ neutral }, out) => node('pdfmake.js', neutral, out),
  },
  {
    name: 'reportlab',
    version: () => said(python, '-c', 'import reportlab; print(reportlab.Version)'),
    install: 'apt-get install python3-reportlab python3-reportlab-accel',
    command: ({ neutral }, out) => ({
      file: python,
      args: [
        join(sources, 'print_by_reportlab.py'),
        neutral,
        out,
        faces.regular,
        faces.bold,
        faces.mono,
        columns.map(({ width }) => width).join(','),
      ],
    }),
  },
  {
    name: 'chromium',
    version: () => said('chromium', '--version'),
    install: 'apt-get install chromium',
    command: ({ html }, out, scratch) => ({
      file: 'chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        `--user-data-dir=${join(scratch, 'chromium')}`,
        '--no-pdf-header-footer',
        `--print-to-pdf=${out}`,
        pathToFileURL(html).href,
      ],
    }),
  },
  {
    name: 'weasyprint',
    version: () => said('weasyprint', '--version'),
    install: 'apt-get install weasyprint',
    command: ({ html }, out) => ({ file: 'weasyprint', args: ['--quiet', html, out] }),
  },
];

/** Ours in a heap of so many MB: alone in its thread, as builds use it. */
export const oursInHeap = ({ facts, heads, rows }: ContentFiles, out: string, heapMb: number): Command =>
  node('ours-pool.js', facts, heads, rows, out, String(heapMb));

/** A lower priority for both: ours gives way in its thread, as it does in the service. */
export const warmPair = ({ facts, rows, neutral }: ContentFiles, rounds: number): Command => ({
  file: 'nice',
  args: ['-n', '10', process.execPath, join(built, 'warm.js'), facts, rows, neutral, String(rounds)],
});

/** Reports in a row in one thread; it prints the heap after each. */
export const againInOneThread = ({ facts, heads, rows }: ContentFiles, rounds: number): Command => ({
  file: process.execPath,
  args: ['--expose-gc', join(built, 'again.js'), facts, heads, rows, String(rounds)],
});
