/** Work that repeats until the process ends: one run at a time, each naming the pause before the next, in ms. */
export class BackgroundLoop {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  /** `work` must not throw: it knows what a failure means. */
  constructor(private readonly work: () => Promise<number>) {}

  start(): void {
    this.schedule(0);
  }

  /** Resolves when the run under way is over. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(afterMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.work().then((pauseMs) => {
        this.schedule(pauseMs);
      });
    }, afterMs);
  }
}
