import type { BuildLease, BuildLedger } from '../build-ledger.ts';

/** Keeps a lease alive while its worker works, and tells the worker to stop when it is lost. */
export class LeaseKeeper {
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private progress: { stage: string | null; percent: number } = { stage: 'reading', percent: 0 };
  shuttingDown = false;
  /** The build was cancelled, deleted or taken over, or is past its deadline. */
  lost = false;

  constructor(
    private readonly ledger: BuildLedger,
    private readonly lease: BuildLease,
    leaseSeconds: number,
  ) {
    this.timer = setInterval(() => void this.beat(), Math.min((leaseSeconds * 1_000) / 3, 2_000));
  }

  /** Aborts when the lease is lost, the build was cancelled or is past its deadline, or the process ends. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Written with the next heartbeat. */
  report(stage: string, percent: number): void {
    // Never back, not by a message that comes late: a percentage that falls is read as a restart.
    if (percent < this.progress.percent) return;
    this.progress = { stage, percent: Math.min(99, percent) };
  }

  stop(): void {
    clearInterval(this.timer);
  }

  async release(): Promise<void> {
    this.shuttingDown = true;
    this.stop();
    this.abort.abort(new Error('the process is shutting down'));
    await this.ledger.release(this.lease);
  }

  private async beat(): Promise<void> {
    try {
      if (await this.ledger.heartbeat(this.lease, this.progress)) return;
      this.lost = true;
      this.stop();
      this.abort.abort(new Error('the lease of the build is lost'));
    } catch {
      // The database is away: the next beat decides, and the fence holds in any case.
    }
  }
}
