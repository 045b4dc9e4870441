import { createHash } from 'node:crypto';

/** Keys and tokens that were good a moment ago, by hash: the wrong keys of somebody at the same address do not bar them. */
export class KnownGood {
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly forMs = 10 * 60_000,
    private readonly most = 10_000,
    private readonly now: () => number = Date.now,
  ) {}

  remember(authorization: string): void {
    const hash = hashOf(authorization);
    this.seen.delete(hash);
    const oldest = this.seen.size >= this.most ? this.seen.keys().next().value : undefined;
    if (oldest !== undefined) this.seen.delete(oldest);
    this.seen.set(hash, this.now());
  }

  includes(authorization: string): boolean {
    const at = this.seen.get(hashOf(authorization));
    return at !== undefined && this.now() - at < this.forMs;
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');
