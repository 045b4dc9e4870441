/** A time limit that can stand still: what somebody else takes is not counted. */
export class Countdown {
  #left: number;
  #since: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  readonly #elapsed: () => void;

  constructor(ms: number, elapsed: () => void) {
    this.#left = ms;
    this.#elapsed = elapsed;
  }

  run(): void {
    if (this.#since !== null) return;
    this.#since = performance.now();
    this.#timer = setTimeout(this.#elapsed, Math.max(0, this.#left));
  }

  pause(): void {
    if (this.#since === null) return;
    clearTimeout(this.#timer);
    this.#left -= performance.now() - this.#since;
    this.#since = null;
  }
}
