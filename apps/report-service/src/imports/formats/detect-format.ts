import { open } from 'node:fs/promises';

import { importFormats } from './import-formats.ts';
import { InvalidImport } from './invalid-import.ts';
import type { ImportFormat } from './staged-record.ts';

const headSize = 64 * 1024;

/** Tells the format of a file by its content. Throws InvalidImport of type `unknown_format`. */
export async function detectFormat(file: string): Promise<ImportFormat> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headSize), 0, headSize);
    // TextDecoder drops the BOM; bytes that are not UTF-8 are the reader's to report, with their line.
    const head = new TextDecoder('utf-8').decode(buffer.subarray(0, bytesRead));
    const format = importFormats.find((candidate) => candidate.detect(head));
    if (format === undefined) throw unknownFormat(head);
    return format;
  } finally {
    await handle.close();
  }
}

function unknownFormat(head: string): InvalidImport {
  const names = importFormats.map(({ name }) => name).join(', ');
  const what = head.trim() === '' ? 'The file is empty.' : 'The file is in none of the known formats.';
  return new InvalidImport([{ loc: ['body'], msg: `${what} Known: ${names}.`, type: 'unknown_format' }]);
}
