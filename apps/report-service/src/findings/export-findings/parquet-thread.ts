import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ParquetRow } from './parquet-rows.ts';

/** To the thread: a row group, or null for the end of the file. Each is answered by the bytes that it gives. */
export type ToParquetThread = readonly ParquetRow[] | null;

/** Encodes and compresses in a thread of its own: a row group takes tens of milliseconds in one go (ADR 0015). */
export class ParquetThread {
  private readonly worker = new Worker(new URL('./write-parquet.worker.js', import.meta.url));
  private readonly ended = once(this.worker, 'exit').then((): never => {
    throw new Error('the writing thread ended');
  });

  constructor() {
    // Who waits for an answer hears of it; at the end nobody does.
    this.ended.catch(() => undefined);
  }

  /** One after the other: the next group is sent when the bytes of this one are here. */
  async write(rows: ToParquetThread): Promise<Uint8Array> {
    this.worker.postMessage(rows);
    const [bytes] = (await Promise.race([once(this.worker, 'message'), this.ended])) as [Uint8Array];
    return bytes;
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
