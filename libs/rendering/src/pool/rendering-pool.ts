import type { Readable } from 'node:stream';
import type { RenderJob } from './render-job.ts';
import { RenderFailed } from './render-failed.ts';
import { runJob } from './run-job.ts';
import { WorkerThread } from './worker-thread.ts';

interface RenderingPoolOptions {
  /** Threads, each with a report at most. */
  readonly size: number;
  readonly maxOldGenerationSizeMb: number;
  /** Wall-clock limit of one report by its number of findings. */
  readonly timeoutMs: (findings: number) => number;
  /** The built worker; only tests that run from sources name another. */
  readonly worker?: URL;
}

interface Waiting {
  readonly start: (thread: WorkerThread) => void;
  readonly refuse: (error: Error) => void;
}

/** Threads that die while starting, one after the other, before the pool calls itself ill. */
const failedStarts = 3;

/** Warm, bounded threads that turn facts and findings into a document; the calling thread never lays out anything. */
export class RenderingPool {
  readonly #options: RenderingPoolOptions;
  readonly #url: URL;
  readonly #threads = new Set<WorkerThread>();
  readonly #idle: WorkerThread[] = [];
  readonly #waiting: Waiting[] = [];
  #closed = false;
  #failedStarts = 0;

  constructor(options: RenderingPoolOptions) {
    this.#options = options;
    this.#url = options.worker ?? new URL('./render.worker.js', import.meta.url);
    for (let i = 0; i < options.size; i++) this.#spawn();
  }

  /**
   * Resolves with the document once its first piece is there; read it to its end or destroy it. Fails with `RenderFailed`,
   * with the signal's reason, or with what reading the findings threw; later failures destroy the stream.
   */
  async render(job: RenderJob): Promise<Readable> {
    job.signal?.throwIfAborted();
    const thread = await this.#take(job.signal);
    thread.hold(true);
    return runJob(thread, job, this.#options.timeoutMs(job.facts.finding_count), (reusable) => {
      thread.hold(false);
      if (reusable && !this.#closed && this.#threads.has(thread)) this.#offer(thread);
    });
  }

  healthy(): boolean {
    return !this.#closed && this.#failedStarts < failedStarts;
  }

  /** Refuses what waits and ends every thread; running jobs fail with `render_crashed`. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0))
      waiting.refuse(new RenderFailed('render_crashed', 'The rendering pool is closed.'));
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  #spawn(): void {
    const thread = new WorkerThread(this.#url, this.#options.maxOldGenerationSizeMb, () => {
      this.#failedStarts = 0;
      this.#offer(thread);
    });
    this.#threads.add(thread);
    thread.hold(false);
    void thread.ended.then(() => {
      this.#gone(thread);
    });
  }

  /** A thread that ended is replaced, so that the next job works after a crash. */
  #gone(thread: WorkerThread): void {
    this.#threads.delete(thread);
    const index = this.#idle.indexOf(thread);
    if (index >= 0) this.#idle.splice(index, 1);
    if (this.#closed) return;
    if (!thread.ready) this.#failedStarts++;
    if (this.healthy()) {
      this.#spawn();
      return;
    }
    for (const waiting of this.#waiting.splice(0))
      waiting.refuse(new RenderFailed('render_crashed', 'Rendering threads do not start.'));
  }

  #offer(thread: WorkerThread): void {
    const next = this.#waiting.shift();
    if (next) next.start(thread);
    else this.#idle.push(thread);
  }

  #take(signal: AbortSignal | undefined): Promise<WorkerThread> {
    if (!this.healthy())
      return Promise.reject(new RenderFailed('render_crashed', 'The rendering pool is closed or does not start.'));
    const idle = this.#idle.shift();
    if (idle) return Promise.resolve(idle);
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        const index = this.#waiting.indexOf(waiting);
        if (index >= 0) this.#waiting.splice(index, 1);
        const reason: unknown = signal?.reason;
        waiting.refuse(reason instanceof Error ? reason : new Error('The job was cancelled.'));
      };
      // A waiting job keeps the process alive until it has its thread.
      const held = setInterval(() => undefined, 60_000);
      const leave = (): void => {
        clearInterval(held);
        signal?.removeEventListener('abort', abort);
      };
      const waiting: Waiting = {
        start: (thread) => {
          leave();
          resolve(thread);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(waiting);
    });
  }
}
