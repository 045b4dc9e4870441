import { RateLimiterRes } from 'rate-limiter-flexible';

/** The shared counter: adds points to a key's window and answers the sum; throws the answer when that is too many. */
export interface SharedCounter {
  consume(key: string, points: number): Promise<RateLimiterRes>;
}

export interface Verdict {
  readonly allowed: boolean;
  /** Requests that are left in the window, as far as this process knows. */
  readonly remaining: number;
  /** Until the window ends, ms. */
  readonly resetMs: number;
}

interface Lease {
  /** Points granted to this process and not yet used. */
  left: number;
  /** Points that nobody holds, as last heard. */
  shared: number;
  /** End of the window, ms since 1970. */
  endsAt: number;
  exhausted: boolean;
  pending: Promise<void> | null;
}

/** Keys that one process remembers; beyond, the oldest go, which costs their next request one round trip. */
const remembered = 20_000;

/**
 * A quota that all processes share, without a round trip for each request: a process takes leases of some points, and
 * most requests are counted against its lease. Never more than `quota` are allowed in a window; what a process holds
 * and does not use, a lease at most, is lost to the others until the window ends. ADR 0029.
 */
export class LeasedQuota {
  private readonly leases = new Map<string, Lease>();
  private readonly largest: number;

  constructor(
    readonly quota: number,
    readonly windowMs: number,
    private readonly counter: SharedCounter,
    private readonly now: () => number = Date.now,
  ) {
    this.largest = Math.max(1, Math.min(100, Math.floor(quota / 20)));
  }

  async take(key: string): Promise<Verdict> {
    for (;;) {
      const lease = this.leaseOf(key);
      if (lease.left > 0) {
        lease.left -= 1;
        // The next lease is fetched before this one is used up, so that nobody has to wait for it.
        if (lease.left * 4 <= this.largest && !lease.exhausted) void this.refill(key, lease);
        return this.verdict(lease, true);
      }
      if (lease.exhausted) return this.verdict(lease, false);
      await this.refill(key, lease);
    }
  }

  /** What `take` would say, as far as this process knows; counts nothing. */
  isExhausted(key: string): Verdict | null {
    const lease = this.leases.get(key);
    return lease && lease.endsAt > this.now() && lease.exhausted && lease.left === 0
      ? this.verdict(lease, false)
      : null;
  }

  private verdict(lease: Lease, allowed: boolean): Verdict {
    return {
      allowed,
      remaining: allowed ? lease.left + lease.shared : 0,
      resetMs: Math.max(0, lease.endsAt - this.now()),
    };
  }

  private leaseOf(key: string): Lease {
    const known = this.leases.get(key);
    if (known && known.endsAt > this.now()) return known;
    this.leases.delete(key);
    const oldest = this.leases.size >= remembered ? this.leases.keys().next().value : undefined;
    if (oldest !== undefined) this.leases.delete(oldest);
    const lease = { left: 0, shared: this.quota, endsAt: this.now() + this.windowMs, exhausted: false, pending: null };
    this.leases.set(key, lease);
    return lease;
  }

  private refill(key: string, lease: Lease): Promise<void> {
    lease.pending ??= this.fetch(key, lease).finally(() => {
      lease.pending = null;
    });
    return lease.pending;
  }

  private async fetch(key: string, lease: Lease): Promise<void> {
    // The scarcer the points, the smaller the leases: little is lost in other hands.
    const asked = Math.max(1, Math.min(this.largest, Math.ceil(lease.shared / 8)));
    const { consumedPoints, msBeforeNext } = await this.consume(key, asked);
    const granted = Math.max(0, Math.min(asked, this.quota - (consumedPoints - asked)));
    lease.left += granted;
    lease.shared = Math.max(0, this.quota - consumedPoints);
    lease.exhausted = granted < asked;
    lease.endsAt = this.now() + Math.max(1, msBeforeNext);
  }

  private async consume(key: string, points: number): Promise<RateLimiterRes> {
    try {
      return await this.counter.consume(key, points);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused;
      // The counter has an insurance of its own; should that fail too, nobody is kept from working by it.
      return new RateLimiterRes(this.quota - points, this.windowMs, points, false);
    }
  }
}
