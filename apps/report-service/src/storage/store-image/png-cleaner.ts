import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '#contracts';
import { Turns } from '#platform';
import type { CleanedPng } from './clean-png.worker.ts';

const timeLimitMs = 20_000;
/** Pictures that are opened, and that wait for it, each of 2 MB at most. */
const bounds = { atOnce: 1, waitingOfOne: 8, waitingOfAll: 32 };

/**
 * Opens pictures in a thread that is made for each and ends with it: a large one takes a second and 150 MB, which no
 * request should wait for. One at a time, so that many uploads at once need no more memory than one, and organizations take
 * turns.
 */
@Injectable()
export class PngCleaner implements OnApplicationShutdown {
  private readonly turns = new Turns(bounds);
  private current: Worker | null = null;

  clean(png: Uint8Array, organizationId: string): Promise<CleanedPng> {
    return this.turns.run(
      organizationId,
      () => this.run(png),
      () => new AppError('pictures_waiting'),
    );
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
