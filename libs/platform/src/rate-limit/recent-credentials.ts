import { createHash } from 'node:crypto';

/** Hashes of keys and tokens accepted in the last minutes: somebody else's wrong keys do not block them at one address. */
export class AcceptedCredentials {
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly ageLimitMs = 10 * 60_000,
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

  includes(authorization: string): boolean {
    const at = this.seen.get(hashOf(authorization));
    return at !== undefined && this.now() - at < this.ageLimitMs;
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');
