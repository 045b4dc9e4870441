import { pack } from './pack.ts';
import { batchOf, type PageBatch, pagesOf } from './page-batch.ts';
import { PackingThread } from './packing-thread.ts';

/** Pages up to which a report is packed by the thread that draws it: another one would not be worth its start. */
const inlinePackingPages = 256;
const batchSize = 64;
/** Batches that may be on their way: while one is packed, the next is drawn. */
const mostUnderWay = 2;

type Take = (packed: Uint8Array) => void;

/**
 * Packs the pages of one report: a sixth of the work of a large one, which a thread of its own does while the next pages are
 * drawn. Packed pages are taken in their order, and at moments that depend on the pages alone, never on how fast either
 * thread is: equal reports become equal files.
 */
export class PagePacker {
  readonly #url: URL;
  #thread: PackingThread | null = null;
  #count = 0;
  #pages: Uint8Array[] = [];
  #takes: Take[] = [];
  readonly #underWay: { readonly packed: Promise<PageBatch>; readonly takes: readonly Take[] }[] = [];

  /** `url`: the built worker; only tests that run from sources name another. */
  constructor(url: URL = new URL('./pack.worker.js', import.meta.url)) {
    this.#url = url;
  }

  /** `drawn` may be overwritten once this returns. */
  add(drawn: Uint8Array, take: Take): void {
    this.#count++;
    if (this.#count <= inlinePackingPages) {
      take(pack(drawn));
      return;
    }
    this.#pages.push(new Uint8Array(drawn));
    this.#takes.push(take);
    if (this.#pages.length === batchSize) this.#send();
  }

  /** Whether {@link settle} is to be awaited before more is added: pages must not pile up. */
  get behind(): boolean {
    return this.#underWay.length >= mostUnderWay;
  }

  /** Until the oldest batch under way is packed and taken. */
  async settle(): Promise<void> {
    const oldest = this.#underWay.shift();
    if (oldest === undefined) return;
    let index = 0;
    for (const page of pagesOf(await oldest.packed)) oldest.takes[index++]?.(page);
  }

  /** Until all pages are packed and taken. */
  async finish(): Promise<void> {
    if (this.#pages.length > 0) this.#send();
    while (this.#underWay.length > 0) await this.settle();
    await this.end();
  }

  /** Ends the thread, whatever it is doing. */
  async end(): Promise<void> {
    await this.#thread?.end();
    this.#thread = null;
  }

  #send(): void {
    this.#thread ??= new PackingThread(this.#url);
    const packed = this.#thread.pack(batchOf(this.#pages));
    this.#underWay.push({ packed, takes: this.#takes });
    this.#pages = [];
    this.#takes = [];
  }
}
