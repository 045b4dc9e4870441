import { BackgroundLoop } from './background-loop.ts';

const pauseMs = 60_000;

/** A loop whose runs end when the test says so. */
class HeldLoop extends BackgroundLoop {
  /** Of each run that began, what ends it. */
  readonly ends: ((more: boolean) => void)[] = [];
  private underWay = 0;
  most = 0;

  constructor() {
    super(pauseMs, 'interrupted');
  }

  protected async run(): Promise<boolean> {
    this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    const more = await new Promise<boolean>((resolve) => this.ends.push(resolve));
    this.underWay -= 1;
    return more;
  }
}

describe('a background loop', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
  const begun = async (): Promise<HeldLoop> => {
    const loop = new HeldLoop();
    loop.onApplicationBootstrap();
    await pass(0);
    return loop;
  };

  it('pauses between two runs, but not when more is waiting', async () => {
    const loop = await begun();
    loop.ends[0]?.(true);
    await pass(0);
    expect(loop.ends).toHaveLength(2);
    loop.ends[1]?.(false);
    await pass(pauseMs - 1);
    expect(loop.ends).toHaveLength(2);
    await pass(1);
    expect(loop.ends).toHaveLength(3);
  });

  it('never has two runs at once, however long one takes and however often it is asked', async () => {
    const loop = await begun();
    loop.runSoon();
    loop.runSoon();
    await pass(10 * pauseMs);
    expect(loop.ends).toHaveLength(1);
    loop.ends[0]?.(false);
    await pass(0);
    expect(loop.ends).toHaveLength(2);
    loop.ends[1]?.(false);
    await pass(0);
    expect(loop.ends).toHaveLength(2);
    expect(loop.most).toBe(1);
  });

  it('does not wait for the pause when it is asked', async () => {
    const loop = await begun();
    loop.ends[0]?.(false);
    await pass(1);
    loop.runSoon();
    await pass(0);
    expect(loop.ends).toHaveLength(2);
  });

  it('lets the shutdown wait for the run under way, and starts no other', async () => {
    const loop = await begun();
    const over = jest.fn();
    const shutdown = loop.onApplicationShutdown().then(over);
    await pass(pauseMs);
    expect(over).not.toHaveBeenCalled();
    loop.ends[0]?.(true);
    await shutdown;
    loop.runSoon();
    await pass(10 * pauseMs);
    expect(loop.ends).toHaveLength(1);
  });

  it('says that a run was interrupted, and goes on', async () => {
    const said: unknown[] = [];
    let runs = 0;
    class ThrowingLoop extends BackgroundLoop {
      constructor() {
        super(pauseMs, 'sweep interrupted');
        jest.spyOn(this.logger, 'warn').mockImplementation((...args: unknown[]) => said.push(args[1]));
      }
      protected run(): Promise<boolean> {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error('the database is away')) : Promise.resolve(false);
      }
    }
    new ThrowingLoop().onApplicationBootstrap();
    await pass(0);
    await pass(pauseMs);
    expect({ runs, said }).toEqual({ runs: 2, said: ['sweep interrupted'] });
  });
});
