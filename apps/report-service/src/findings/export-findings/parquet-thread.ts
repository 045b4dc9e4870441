import { Worker } from 'node:worker_threads';
import type { ParquetRow } from './parquet-rows.ts';

/** To the thread: a row group, or null for the end of the file. Each is answered by the bytes that it gives. */
export type ToParquetThread = readonly ParquetRow[] | null;

/** Encodes and compresses in a thread of its own: a row group takes tens of milliseconds in one go (ADR 0015). */
export class ParquetThread {
  private readonly worker = new Worker(new URL('./write-parquet.worker.js', import.meta.url));

  /** One after the other: the next group is sent when the bytes of this one are here. */
  write(rows: ToParquetThread): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const settle = (done: () => void): void => {
        this.worker.off('message', onBytes).off('error', onError).off('exit', onExit);
        done();
      };
      const onBytes = (bytes: Uint8Array): void => {
        settle(() => {
          resolve(bytes);
        });
      };
      const onError = (error: unknown): void => {
        settle(() => {
          reject(error instanceof Error ? error : new Error('the writing thread failed'));
        });
      };
      const onExit = (): void => {
        onError(new Error('the writing thread ended'));
      };
      this.worker.once('message', onBytes).once('error', onError).once('exit', onExit);
      this.worker.postMessage(rows);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
