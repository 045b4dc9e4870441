import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

import { InvalidImport } from '../invalid-import.ts';

/** A longer line is refused: it would have to be held whole. */
export const longestLine = 32 * 1024 * 1024;
const blockSize = 64 * 1024;

/** Whole lines of a file, checked to be UTF-8. */
interface LineBlock {
  readonly text: string;
  /** Number of the block's first line, from 1. */
  readonly firstLine: number;
  /** The file ends in this block, and its last line has no line break: it may have been cut off in writing. */
  readonly unterminated: boolean;
}

/** Streams a text file in blocks of whole lines, so that decoding and promises cost per block and not per line. */
export async function* readBlocks(file: string): AsyncGenerator<LineBlock> {
  const handle = await open(file, 'r');
  try {
    let firstLine = 1;
    let pending: Buffer[] = [];
    let pendingLength = 0;
    let atStart = true;
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(blockSize), 0, blockSize);
      let bytes = buffer.subarray(0, bytesRead);
      if (atStart && bytesRead >= 3) {
        if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
        atStart = false;
      }
      const ended = bytesRead === 0;
      const lastBreak = bytes.lastIndexOf(0x0a);
      if (!ended && lastBreak === -1) {
        pending.push(bytes);
        pendingLength += bytes.length;
        if (pendingLength > longestLine) throw lineTooLong(firstLine);
        continue;
      }
      const whole = Buffer.concat([...pending, bytes.subarray(0, lastBreak + 1)]);
      const rest = bytes.subarray(lastBreak + 1);
      pending = rest.length > 0 ? [rest] : [];
      pendingLength = rest.length;
      if (whole.length > 0) {
        if (whole.length > longestLine && whole.indexOf(0x0a) > longestLine) throw lineTooLong(firstLine);
        const text = decoded(whole, firstLine);
        yield { text, firstLine, unterminated: ended };
        firstLine += lineBreaks(text);
      }
      if (ended) return;
    }
  } finally {
    await handle.close();
  }
}

function decoded(bytes: Buffer, firstLine: number): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let line = firstLine;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    const slice = bytes.subarray(start, end === -1 ? undefined : end);
    if (!isUtf8(slice)) {
      // A last line that ends inside a character was cut off in writing: leave the verdict to the reader of the line.
      if (end === -1 && [1, 2, 3].some((cut) => isUtf8(slice.subarray(0, -cut)))) return bytes.toString('utf8');
      throw new InvalidImport([{ loc: ['line', line], msg: 'The line is not valid UTF-8.', type: 'utf8_invalid' }]);
    }
    if (end === -1) return bytes.toString('utf8');
    start = end + 1;
    line += 1;
  }
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function lineTooLong(line: number): InvalidImport {
  return new InvalidImport([
    { loc: ['line', line], msg: `The line is longer than ${longestLine / 1024 / 1024} MiB.`, type: 'line_too_long' },
  ]);
}
