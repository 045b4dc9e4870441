import { AsyncLocalStorage } from 'node:async_hooks';

/** Work that holds a connection and took another. It would wait for itself once the pool is empty. */
export class NestedConnection extends Error {
  override readonly name = 'NestedConnection';

  constructor(held: string, asked: string) {
    super(`A connection (${asked}) was asked for by work that holds one (${held}): pass the transaction on.`);
  }
}

interface Holding {
  readonly what: string;
  released: boolean;
}

/**
 * Sees to it that nobody who holds a connection asks for a second one. What it refuses is a fault of ours, so it is on
 * in tests alone; elsewhere it follows nothing and costs nothing.
 */
export class ConnectionGuard {
  private readonly holding = new AsyncLocalStorage<Holding | undefined>();

  constructor(private readonly on: boolean) {}

  async hold<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (!this.on) return work();
    this.refuseNested(what);
    const holding: Holding = { what, released: false };
    try {
      return await this.holding.run(holding, work);
    } finally {
      // What was begun inside and goes on, such as a timer, holds nothing from here on.
      holding.released = true;
    }
  }

  refuseNested(asked: string): void {
    const holding = this.on ? this.holding.getStore() : undefined;
    if (holding && !holding.released) throw new NestedConnection(holding.what, asked);
  }
}
