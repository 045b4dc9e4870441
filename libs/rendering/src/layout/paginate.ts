import type { Geometry } from '../theme/geometry.ts';
import type { Mark } from './marks.ts';
import type { Running, Strip } from './strip.ts';

export interface Page {
  readonly placed: { readonly y: number; readonly marks: readonly Mark[] }[];
  readonly running: Running | null;
  firstRank: number | null;
  lastRank: number | null;
  item: string | null;
}

/** Lays strips onto pages. Whatever asks to stay together does so as long as a page can hold it; nothing is ever left out. */
export class Pagination {
  readonly pages: Page[] = [];
  #y: number;
  #chain: Strip[] = [];
  #running: Running | null = null;
  readonly #geometry: Geometry;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    this.#y = geometry.contentBottom;
  }

  add(strips: Iterable<Strip>): void {
    for (const strip of strips) {
      this.#chain.push(strip);
      // A chain longer than two pages cannot be kept together anyway: let go of it.
      if (strip.keepWithNext !== true || this.#chain.length > 400) this.#placeChain();
    }
  }

  finish(): readonly Page[] {
    this.#placeChain();
    return this.pages;
  }

  #placeChain(): void {
    const chain = this.#chain;
    this.#chain = [];
    const first = chain.find((strip) => strip.space !== true);
    if (!first) {
      for (const strip of chain) this.#place(strip);
      return;
    }
    const height = chain.reduce((sum, strip) => sum + strip.height, 0);
    const needed = Math.max(...chain.map((strip) => strip.needs ?? 0), height);
    const breaks = chain.some((strip) => strip.newPage) || (!this.#fits(needed) && !this.#atTop());
    if (breaks) this.#newPage(first);
    for (const strip of chain) this.#place(strip);
  }

  #place(strip: Strip): void {
    if (this.pages.length === 0) this.#newPage(strip);
    if (strip.space === true) {
      if (!this.#atTop()) this.#y += strip.height;
      return;
    }
    if (!this.#fits(strip.height) && !this.#atTop()) this.#newPage(strip);
    this.#put(strip);
  }

  #put(strip: Strip): void {
    const page = this.pages.at(-1);
    if (!page) return;
    if (strip.running) {
      this.#running = strip.running;
      page.item ??= strip.running.item ?? null;
    }
    if (strip.rank !== undefined) {
      page.firstRank ??= strip.rank;
      page.lastRank = strip.rank;
    }
    page.placed.push({ y: this.#y, marks: strip.marks });
    this.#y += strip.height;
  }

  #newPage(cause: Strip): void {
    const running = cause.running ?? this.#running;
    const item = cause.running ? (cause.running.item ?? null) : (this.#running?.item ?? null);
    this.pages.push({ placed: [], running, firstRank: null, lastRank: null, item });
    this.#y = this.#geometry.contentTop;
    for (const repeated of cause.continuation?.() ?? []) this.#put(repeated);
  }

  #fits(height: number): boolean {
    return this.#y + height <= this.#geometry.contentBottom + 0.01;
  }

  #atTop(): boolean {
    const page = this.pages.at(-1);
    return page?.placed.length === 0;
  }
}
