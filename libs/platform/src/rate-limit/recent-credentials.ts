import { createHash } from 'node:crypto';

/** Hashes of keys and tokens that were lately accepted, or refused; the oldest go. */
export class RecentCredentials {
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly ageLimitMs: number,
    private readonly sizeLimit = 10_000,
    private readonly now: () => number = Date.now,
  ) {}

  remember(authorization: string): void {
    const hash = hashOf(authorization);
    this.seen.delete(hash);
    const oldest = this.seen.size >= this.sizeLimit ? this.seen.keys().next().value : undefined;
    if (oldest !== undefined) this.seen.delete(oldest);
    this.seen.set(hash, this.now());
  }

  forget(authorization: string): void {
    this.seen.delete(hashOf(authorization));
  }

  includes(authorization: string): boolean {
    const at = this.seen.get(hashOf(authorization));
    return at !== undefined && this.now() - at < this.ageLimitMs;
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');
