/** Lets a few pieces of work run at once and some wait, in their order; the rest is turned away. */
export class NarrowLane {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly width: number,
    private readonly room: number,
  ) {}

  /** Throws what `turnedAway` makes when as many wait as may. */
  async run<Result>(work: () => Promise<Result>, turnedAway: () => Error): Promise<Result> {
    if (this.running < this.width) this.running += 1;
    else if (this.waiting.length >= this.room) throw turnedAway();
    // Who ends hands its place on, so that nobody who comes later takes it.
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
