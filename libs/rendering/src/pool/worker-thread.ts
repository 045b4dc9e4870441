import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './messages.ts';
import { RenderFailed } from './render-failed.ts';

interface WorkerListener {
  onMessage(message: FromWorker): void;
  onEnd(failure: RenderFailed): void;
}

/** One thread with its memory limit; a thread that fails is not used again. */
export class WorkerThread {
  readonly #worker: Worker;
  #listener: WorkerListener | null = null;
  #failure: RenderFailed | null = null;
  ready = false;
  readonly ended: Promise<void>;

  constructor(url: URL, maxOldGenerationSizeMb: number, onReady: () => void) {
    this.#worker = new Worker(url, { resourceLimits: { maxOldGenerationSizeMb }, execArgv: [] });
    this.#worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') {
        this.ready = true;
        onReady();
      } else this.#listener?.onMessage(message);
    });
    this.#worker.on('error', (error: unknown) => {
      this.#failure = failureOf(error);
    });
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        const failure =
          this.#failure ?? new RenderFailed('render_crashed', `The rendering thread ended with code ${code}.`);
        this.#listener?.onEnd(failure);
        this.#listener = null;
        resolve();
      });
    });
  }

  listen(listener: WorkerListener | null): void {
    this.#listener = listener;
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Ends the thread at once, whatever it is doing. */
  async terminate(failure?: RenderFailed): Promise<void> {
    this.#failure ??= failure ?? null;
    await this.#worker.terminate();
  }

  /** An idle thread does not keep the process alive; one with a job does. */
  hold(busy: boolean): void {
    if (busy) this.#worker.ref();
    else this.#worker.unref();
  }
}

function failureOf(cause: unknown): RenderFailed {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new RenderFailed('render_out_of_memory', 'The report needs more memory than a rendering thread may have.', {
      cause,
    });
  }
  return new RenderFailed('render_crashed', 'The rendering thread crashed.', { cause });
}
