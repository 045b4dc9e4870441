import { BackgroundLoop } from './background-loop.ts';

/** How long work that is under way may go on after the process was asked to end. */
const graceMs = 3_000;

/**
 * A loop whose work goes on beside it in a number of slots: what ends makes room for the next, so that nothing waits for
 * the slowest. Whatever work does, its slot comes back, and the shutdown waits for it.
 */
export abstract class SlotLoop extends BackgroundLoop {
  private readonly underWay = new Set<Promise<void>>();
  private readonly ending = new AbortController();

  /** `pauseMs` lies between two looks for work; `interrupted` is logged when a look or some work throws. */
  protected constructor(
    pauseMs: number,
    private readonly whenInterrupted: string,
    private readonly slots: number,
  ) {
    super(pauseMs, whenInterrupted);
  }

  protected get freeSlots(): number {
    return this.slots - this.underWay.size;
  }

  /** Starts work and does not wait for it. Its signal says that the process is ending and does not wait any longer. */
  protected start(work: (signal: AbortSignal) => Promise<void>): void {
    const ended = work(this.ending.signal)
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, this.whenInterrupted);
      })
      .finally(() => {
        this.underWay.delete(ended);
        this.runSoon();
      });
    this.underWay.add(ended);
  }

  override async onApplicationShutdown(): Promise<void> {
    const grace = setTimeout(() => {
      this.ending.abort();
    }, graceMs);
    await super.onApplicationShutdown();
    await Promise.all(this.underWay);
    clearTimeout(grace);
  }
}
