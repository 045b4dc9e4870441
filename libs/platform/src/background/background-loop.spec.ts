import { BackgroundLoop } from './background-loop.ts';

/** A loop whose runs end when the test says so. */
class HeldLoop extends BackgroundLoop {
  readonly ends: ((more: boolean) => void)[] = [];
  under = 0;
  most = 0;

  constructor() {
    super(60_000, 'interrupted');
  }

  protected async run(): Promise<boolean> {
    this.under += 1;
    this.most = Math.max(this.most, this.under);
    try {
      return await new Promise((resolve) => this.ends.push(resolve));
    } finally {
      this.under -= 1;
    }
  }

  async started(runs: number): Promise<void> {
    while (this.ends.length < runs) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

describe('a background loop', () => {
  it('never has two runs at once, however often it is asked', async () => {
    const loop = new HeldLoop();
    loop.onApplicationBootstrap();
    await loop.started(1);
    loop.runSoon();
    loop.runSoon();
    loop.ends[0]?.(false);
    await loop.started(2);
    loop.ends[1]?.(true);
    await loop.started(3);
    loop.ends[2]?.(false);
    await loop.onApplicationShutdown();
    expect({ runs: loop.ends.length, most: loop.most }).toEqual({ runs: 3, most: 1 });
  });

  it('lets the shutdown wait for the run under way, and starts no other', async () => {
    const loop = new HeldLoop();
    loop.onApplicationBootstrap();
    await loop.started(1);
    let over = false;
    const shutdown = loop.onApplicationShutdown().then(() => {
      over = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(over).toBe(false);
    loop.ends[0]?.(true);
    await shutdown;
    loop.runSoon();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(loop.ends).toHaveLength(1);
  });

  it('says that a run was interrupted, and goes on', async () => {
    const said: unknown[] = [];
    let runs = 0;
    class ThrowingLoop extends BackgroundLoop {
      constructor() {
        super(1, 'sweep interrupted');
        jest.spyOn(this.logger, 'warn').mockImplementation((...args: unknown[]) => said.push(args[1]));
      }
      protected run(): Promise<boolean> {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error('the database is away')) : Promise.resolve(false);
      }
    }
    const loop = new ThrowingLoop();
    loop.onApplicationBootstrap();
    while (runs < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    await loop.onApplicationShutdown();
    expect(said).toEqual(['sweep interrupted']);
  });
});
