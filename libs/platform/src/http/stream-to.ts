import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Logger } from '@nestjs/common';
import type { Sink } from '#contracts';
import type { Response } from 'express';

/** A caller that reads nothing for so long is cut off: its answer holds a database connection. */
const stalledReaderMs = 120_000;

const logger = new Logger('StreamedAnswer');

/**
 * An answer that is sent while it is made, no faster than the caller reads. What goes wrong before the first byte is an
 * error as any other; after it the connection is cut, since an answer that ends in good order would look whole.
 */
export function streamTo(response: Response, headers: Readonly<Record<string, string>>): Sink {
  return async (chunks) => {
    const source = chunks[Symbol.asyncIterator]();
    try {
      const first = await source.next();
      response.set(headers);
      response.setTimeout(stalledReaderMs, () => response.destroy());
      await pipeline(Readable.from(continued(first, source), { objectMode: false }), response);
    } catch (error) {
      if (!response.headersSent && !response.destroyed) throw error;
      if (!hasLeft(error)) logger.error({ err: error }, 'an answer broke off');
      response.destroy();
    } finally {
      // The source may hold a cursor: nobody goes on before it is closed.
      await source.return?.();
    }
  };
}

async function* continued<T>(first: IteratorResult<T>, source: AsyncIterator<T>): AsyncGenerator<T> {
  for (let next = first; next.done !== true; next = await source.next()) yield next.value;
}

const hasLeft = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^(ERR_STREAM_PREMATURE_CLOSE|ECONNRESET|EPIPE)$/.test(String(error.code));
