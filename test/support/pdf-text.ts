import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const READER = join(__dirname, 'print-pdf-text.mjs');

/** Text of each page, with every run of white space as one space. */
export async function readPdfPages(pdf: Uint8Array): Promise<readonly string[]> {
  const reader = spawn(process.execPath, [READER], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => reader.once('close', resolve));
  reader.stdin.end(pdf);
  const [printed, complaints, status] = await Promise.all([text(reader.stdout), text(reader.stderr), ended]);
  if (status !== 0) throw new Error(`The PDF could not be read: ${complaints.slice(0, 2000)}`);
  return (JSON.parse(printed) as string[]).map((page) => page.replace(/\s+/g, ' ').trim());
}

/** Text of the whole document. White space is where lines break, so it says nothing: compare with `withoutSpace`. */
export async function readPdfText(pdf: Uint8Array): Promise<string> {
  return (await readPdfPages(pdf)).join('\n');
}

export const withoutSpace = (words: string): string => words.replace(/\s+/g, '');
