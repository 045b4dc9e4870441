import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { CleanedPng } from './clean-png.worker.ts';

const timeLimitMs = 20_000;

/**
 * Opens pictures in a thread that is made for each and ends with it: a large one takes a second and 150 MB, which no
 * request should wait for. One at a time, so that many uploads at once need no more memory than one.
 */
@Injectable()
export class PngCleaner implements OnApplicationShutdown {
  private last: Promise<unknown> = Promise.resolve();
  private current: Worker | null = null;

  clean(png: Uint8Array): Promise<CleanedPng> {
    const turn = this.last.then(() => this.run(png));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.current?.terminate();
  }

  private run(png: Uint8Array): Promise<CleanedPng> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./clean-png.worker.js', import.meta.url), {
        workerData: png,
        resourceLimits: { maxOldGenerationSizeMb: 256 },
      });
      this.current = worker;
      const timer = setTimeout(() => {
        resolve({ ok: false, reason: 'takes too long to open' });
        void worker.terminate();
      }, timeLimitMs);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => {
        clearTimeout(timer);
        reject(new Error('the thread that opens pictures ended without an answer'));
      });
    });
  }
}
