import type { Geometry } from '../../theme/geometry.ts';
import type { Mark } from '../strips/marks.ts';
import type { Running, Strip } from '../strips/strip.ts';

export interface Page {
  readonly placed: { readonly y: number; readonly marks: readonly Mark[] }[];
  readonly running: Running | null;
  firstRank: number | null;
  lastRank: number | null;
  item: string | null;
}

/**
 * Lays strips onto pages and hands each page on when it is full. Whatever asks to stay together does so as long as a page
 * can hold it; nothing is ever left out.
 */
export class Pagination {
  #page: Page | null = null;
  #y: number;
  #chain: Strip[] = [];
  #running: Running | null;
  readonly #geometry: Geometry;
  readonly #filled: (page: Page) => void;

  /** `running`: what the header says of pages before any strip says so. */
  constructor(geometry: Geometry, filled: (page: Page) => void, running: Running | null = null) {
    this.#running = running;
    this.#geometry = geometry;
    this.#filled = filled;
    this.#y = geometry.contentBottom;
  }

  add(strips: Iterable<Strip>): void {
    for (const strip of strips) {
      this.#chain.push(strip);
      // A chain longer than two pages cannot be kept together anyway: let go of it.
      if (strip.keepWithNext !== true || this.#chain.length > 400) this.#placeChain();
    }
  }

  finish(): void {
    this.#placeChain();
    if (this.#page) this.#filled(this.#page);
    this.#page = null;
  }

  #placeChain(): void {
    const chain = this.#chain;
    this.#chain = [];
    const first = chain.find((strip) => strip.space !== true);
    if (!first) {
      for (const strip of chain) this.#place(strip);
      return;
    }
    let height = 0;
    let needs = 0;
    let newPage = false;
    for (const strip of chain) {
      height += strip.height;
      needs = Math.max(needs, strip.needs ?? 0);
      newPage ||= strip.newPage === true;
    }
    const breaks = newPage || (!this.#fits(Math.max(needs, height)) && !this.#atTop());
    if (breaks) this.#newPage(first);
    for (const strip of chain) this.#place(strip);
  }

  #place(strip: Strip): void {
    if (this.#page === null) this.#newPage(strip);
    if (strip.space === true) {
      if (!this.#atTop()) this.#y += strip.height;
      return;
    }
    if (!this.#fits(strip.height) && !this.#atTop()) this.#newPage(strip);
    this.#put(strip);
  }

  #put(strip: Strip): void {
    const page = this.#page;
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
    if (this.#page) this.#filled(this.#page);
    const running = cause.running ?? this.#running;
    const item = cause.running ? (cause.running.item ?? null) : (this.#running?.item ?? null);
    this.#page = { placed: [], running, firstRank: null, lastRank: null, item };
    this.#y = this.#geometry.contentTop;
    for (const repeated of cause.continuation?.() ?? []) this.#put(repeated);
  }

  #fits(height: number): boolean {
    return this.#y + height <= this.#geometry.contentBottom + 0.01;
  }

  #atTop(): boolean {
    return this.#page?.placed.length === 0;
  }
}
