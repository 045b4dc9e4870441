import { Logger } from '@nestjs/common';
import type { Sink } from '#contracts';
import type { Response } from 'express';

/**
 * What a reader of a long answer may take, since the answer holds a database connection. A reader falls behind when what
 * it kept us waiting, in all, is more than the grace and what its bytes so far take at the least rate.
 */
export const readerBounds = {
  leastBytesPerSecond: 32 * 1024,
  graceMs: 30_000,
  /** A reader that was fast may stop for so long, however much it has read. */
  stalledMs: 60_000,
} as const;

const logger = new Logger('StreamedAnswer');

/**
 * An answer that is sent while it is made, no faster than the caller reads. What goes wrong before the first byte is an
 * error as any other; after it the connection is cut, since an answer that ends in good order would look whole. So it is
 * when the reader is too slow, or the answer takes longer than `totalMs`.
 */
export function streamTo(response: Response, headers: Readonly<Record<string, string>>, totalMs: number): Sink {
  return async (chunks) => {
    const source = chunks[Symbol.asyncIterator]();
    const endsAt = Date.now() + totalMs;
    const overdue = setTimeout(() => response.destroy(), totalMs);
    try {
      let next = await source.next();
      response.set(headers);
      let waited = 0;
      let bytes = 0;
      for (; next.done !== true; next = await source.next()) {
        refuseClosed(response);
        bytes += Buffer.byteLength(next.value);
        if (response.write(next.value)) continue;
        const patience = readerBounds.graceMs + (bytes * 1_000) / readerBounds.leastBytesPerSecond - waited;
        const from = Date.now();
        await drained(response, Math.min(patience, readerBounds.stalledMs + patienceFor(next.value)));
        waited += Date.now() - from;
      }
      refuseClosed(response);
      // What is left lies in buffers; the connection to the database is free.
      response.setTimeout(readerBounds.stalledMs, () => response.destroy());
      response.end();
    } catch (error) {
      if (!response.headersSent && !response.destroyed) throw error;
      if (Date.now() >= endsAt) logger.warn(`an answer was not read within ${totalMs} ms`);
      else if (error instanceof SlowReader) logger.warn('an answer was read too slowly');
      else if (!(error instanceof ReaderLeft)) logger.error({ err: error }, 'an answer broke off');
      response.destroy();
    } finally {
      clearTimeout(overdue);
      // The source may hold a cursor: nobody goes on before it is closed.
      await source.return?.();
    }
  };
}

class ReaderLeft extends Error {}
class SlowReader extends Error {}

const patienceFor = (chunk: string | Uint8Array): number =>
  (Buffer.byteLength(chunk) * 1_000) / readerBounds.leastBytesPerSecond;

function refuseClosed(response: Response): void {
  if (response.destroyed) throw new ReaderLeft();
}

function drained(response: Response, limitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      end(new SlowReader());
    }, limitMs);
    const end = (fault?: Error): void => {
      clearTimeout(limit);
      response.off('drain', onDrain).off('close', onClose);
      if (fault) reject(fault);
      else resolve();
    };
    const onDrain = (): void => {
      end();
    };
    const onClose = (): void => {
      end(new ReaderLeft());
    };
    response.on('drain', onDrain).on('close', onClose);
    if (response.destroyed) onClose();
  });
}
