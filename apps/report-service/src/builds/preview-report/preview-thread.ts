import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '#platform';
import { RenderFailed, type RenderJob, RenderingPool } from '#rendering';

/** A preview that takes longer is no preview. */
export const previewLimitMs = 15_000;

/** One rendering thread for previews, beside those of builds: neither keeps the other waiting. Made for the first preview. */
@Injectable()
export class PreviewThread implements OnApplicationShutdown {
  private pool: RenderingPool | null = null;
  private taken = false;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Whether the thread was free; who gets `true` gives it back by `release`. */
  take(): boolean {
    if (this.taken) return false;
    this.taken = true;
    return true;
  }

  release(): void {
    this.taken = false;
  }

  /** The whole document: a preview is small. */
  async render(job: RenderJob): Promise<Buffer> {
    if (this.pool?.healthy() === false) {
      await this.pool.close();
      this.pool = null;
    }
    this.pool ??= new RenderingPool({
      size: 1,
      maxOldGenerationSizeMb: Math.min(512, this.config.builds.renderHeapMb),
      timeoutMs: () => previewLimitMs,
    });
    const pieces: Buffer[] = [];
    for await (const piece of await this.pool.render(job)) pieces.push(piece as Buffer);
    job.signal?.throwIfAborted();
    return Buffer.concat(pieces);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.close();
  }
}

export const isTimeout = (error: unknown): boolean => error instanceof RenderFailed && error.code === 'render_timeout';
