import { execFileSync } from 'node:child_process';

/** Text of a PDF as poppler reads it; null where it is not installed, which is said aloud. */
export function byPoppler(bytes: Uint8Array): string | null {
  try {
    return execFileSync('pdftotext', ['-q', '-', '-'], { input: bytes, encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    process.stderr.write('pdftotext is not installed: its reading of a PDF is not compared\n');
    return null;
  }
}
