import { Worker } from 'node:worker_threads';
import { pack } from './pack.ts';
import { batchOf, type PageBatch, pagesOf } from './page-batch.ts';

interface Sent {
  readonly batch: PageBatch;
  readonly answered: (packed: PageBatch) => void;
}

/** The memory of a thread that keeps nothing. */
const maxOldGenerationSizeMb = 64;

/**
 * A thread beside the one that draws. It may fail to start or die, as any thread may: what it did not bring back is packed
 * here, to the same bytes.
 */
export class PackingThread {
  #worker: Worker | null;
  readonly #sent: Sent[] = [];

  constructor(url: URL) {
    this.#worker = new Worker(url, { resourceLimits: { maxOldGenerationSizeMb }, execArgv: [] });
    this.#worker.on('message', (packed: PageBatch) => {
      this.#sent.shift()?.answered(packed);
    });
    // An error is followed by the end.
    this.#worker.on('error', () => undefined);
    this.#worker.once('exit', () => {
      this.#worker = null;
      for (const { batch, answered } of this.#sent.splice(0)) answered(packedHere(batch));
    });
  }

  pack(batch: PageBatch): Promise<PageBatch> {
    const worker = this.#worker;
    if (worker === null) return Promise.resolve(packedHere(batch));
    return new Promise((answered) => {
      this.#sent.push({ batch, answered });
      worker.postMessage(batch);
    });
  }

  /** At once; what is still under way is not answered any more. */
  async end(): Promise<void> {
    this.#sent.length = 0;
    await this.#worker?.terminate();
  }
}

const packedHere = (batch: PageBatch): PageBatch => batchOf(Array.from(pagesOf(batch), pack));
