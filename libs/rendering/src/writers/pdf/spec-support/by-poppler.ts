import { execFileSync } from 'node:child_process';

/** What a program of the machine prints; null where it is not installed, which is said aloud once. */
function printed(program: string, args: readonly string[], input?: Uint8Array): string | null {
  try {
    return execFileSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (!missing.has(program))
      process.stderr.write(`${program} is not installed: its reading of a PDF is not compared\n`);
    missing.add(program);
    return null;
  }
}
const missing = new Set<string>();

/** Text of a PDF as poppler reads it; null where it is not installed. */
export const byPoppler = (bytes: Uint8Array): string | null => printed('pdftotext', ['-q', '-', '-'], bytes);

/** Number of pages in a text that poppler read: it ends each with a form feed, and writes none elsewhere. */
export const pagesIn = (found: string): number => found.split('\f').length - 1;

/** Throws what qpdf finds wrong in the structure of a PDF; says nothing where it is not installed. */
export const checkByQpdf = (path: string): void => void printed('qpdf', ['--check', path]);
