import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contracts';

export interface SpooledFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** Writes an upload to disk while hashing it: facts of a file come late, and what it is is known only at its end. */
export async function spoolFile(
  source: Readable,
  path: string,
  maxBytes: number,
  onBytes: (bytes: number) => void,
): Promise<SpooledFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
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
  return { sha256: hash.digest('hex'), bytes };
}
