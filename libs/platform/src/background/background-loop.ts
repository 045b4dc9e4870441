import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

/** Work that repeats from the start of the process to its end: one run at a time, and the shutdown waits for the one under way. */
export abstract class BackgroundLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  protected readonly logger = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private timesAsked = 0;
  private stopped = false;

  /** `pauseMs` lies between two runs; `interrupted` is logged when a run throws. */
  protected constructor(
    private readonly pauseMs: number,
    private readonly interrupted: string,
  ) {}

  /** One run; true when more is waiting, so that the next one follows at once. */
  protected abstract run(): Promise<boolean>;

  /** For runs that take long: the process is ending. */
  protected get stopping(): boolean {
    return this.stopped;
  }

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Runs without waiting for the pause; once more when a run is under way, which may have looked already. */
  runSoon(): void {
    this.timesAsked += 1;
    if (this.running === null) this.schedule(0);
  }

  private schedule(afterMs: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.running = this.runOnce();
    }, afterMs);
  }

  private async runOnce(): Promise<void> {
    const timesAsked = this.timesAsked;
    let more = false;
    try {
      more = await this.run();
    } catch (error) {
      this.logger.warn({ err: error }, this.interrupted);
    }
    this.running = null;
    this.schedule(more || this.timesAsked > timesAsked ? 0 : this.pauseMs);
  }
}
