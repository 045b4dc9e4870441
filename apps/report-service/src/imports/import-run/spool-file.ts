import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contracts';

export interface SpooledFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** Left free on the disk for uploads under way and for whoever shares it, bytes. */
const reserve = 64 * 1024 * 1024;

/**
 * Writes an upload to disk while hashing it: facts of a file come late, and what it is is known only at its end.
 * Throws `payload_too_large` beyond `maxBytes`, and `no_space` where the disk has less than `spare` bytes or fills up.
 */
export async function spoolFile(
  source: Readable,
  path: string,
  maxBytes: number,
  onBytes: (bytes: number) => void,
  spare = reserve,
): Promise<SpooledFile> {
  const { bavail, bsize } = await statfs(dirname(path));
  if (bavail * bsize < spare) throw new AppError('no_space');
  const hash = createHash('sha256');
  let bytes = 0;
  const written = pipeline(
    source,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          throw new AppError('payload_too_large', { detail: `The file is larger than ${maxBytes} bytes.` });
        }
        hash.update(chunk);
        onBytes(bytes);
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  try {
    await written;
  } catch (error) {
    if (isFull(error)) throw new AppError('no_space', {}, { cause: error });
    throw error;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** The disk has no space left, or its owner no quota. */
function isFull(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
