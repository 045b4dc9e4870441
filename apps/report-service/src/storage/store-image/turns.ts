/**
 * One piece of work at a time, and organizations take turns: whoever was served last comes after all others that wait. Of
 * one organization some may wait, and of all some more; the rest is turned away.
 */
export class Turns {
  private readonly waiting = new Map<string, (() => void)[]>();
  /** Organizations that wait, without the one that is being served. */
  private readonly order: string[] = [];
  private served: string | null = null;
  private all = 0;

  constructor(private readonly bounds: { readonly ofOne: number; readonly ofAll: number }) {}

  /** Throws what `turnedAway` makes when as many wait as may. */
  async run<Result>(organizationId: string, work: () => Promise<Result>, turnedAway: () => Error): Promise<Result> {
    if (this.served === null) this.served = organizationId;
    else await this.turn(organizationId, turnedAway);
    try {
      return await work();
    } finally {
      this.next(organizationId);
    }
  }

  private turn(organizationId: string, turnedAway: () => Error): Promise<void> {
    const own = this.waiting.get(organizationId) ?? [];
    if (own.length >= this.bounds.ofOne || this.all >= this.bounds.ofAll) throw turnedAway();
    if (own.length === 0 && organizationId !== this.served) this.order.push(organizationId);
    this.waiting.set(organizationId, own);
    this.all += 1;
    return new Promise((resolve) => own.push(resolve));
  }

  private next(served: string): void {
    if (this.waiting.has(served)) this.order.push(served);
    const next = this.order.shift() ?? null;
    this.served = next;
    if (next === null) return;
    const own = this.waiting.get(next);
    const begin = own?.shift();
    if (own?.length === 0) this.waiting.delete(next);
    this.all -= 1;
    begin?.();
  }
}
