import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ParquetRow } from './parquet-rows.ts';

/** To the thread: a row group, or null for the end of the file. Each is answered by the bytes that it gives. */
export type ToParquetThread = readonly ParquetRow[] | null;

/** Of a thread that writes: a row group is held as rows and as bytes, and both are bounded. */
const heapMb = 512;

/** Encodes and compresses in a thread of its own: a row group takes tens of milliseconds in one go (ADR 0015). */
export class ParquetThread {
  private readonly worker = new Worker(new URL('./write-parquet.worker.js', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  private readonly ended = new AbortController();

  constructor() {
    this.worker.once('error', (error) => {
      this.ended.abort(error);
    });
    this.worker.once('exit', () => {
      this.ended.abort(new Error('the writing thread ended'));
    });
  }

  /** One after the other: the next group is sent when the bytes of this one are here. Keeps none of them. */
  async write(rows: ToParquetThread): Promise<Uint8Array> {
    const { signal } = this.ended;
    // A signal forgets who has stopped waiting; a promise that all answers race would hold them to the end.
    const answer = once(this.worker, 'message', { signal });
    this.worker.postMessage(rows);
    try {
      const [bytes] = (await answer) as [Uint8Array];
      return bytes;
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
