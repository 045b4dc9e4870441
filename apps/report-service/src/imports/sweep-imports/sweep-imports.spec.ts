import type { Config, Database } from '#platform';
import { SweepImports } from './sweep-imports.ts';

/** A database whose statements end when they are told to. */
class SlowDatabase {
  running = 0;
  most = 0;
  started = 0;
  end: () => void = () => undefined;

  async background(): Promise<void> {
    this.started += 1;
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    await new Promise<void>((resolve) => (this.end = resolve));
    this.running -= 1;
  }
}

describe('the sweep of imports whose process died', () => {
  let database: SlowDatabase;
  let sweep: SweepImports;

  beforeEach(() => {
    jest.useFakeTimers();
    database = new SlowDatabase();
    const config = { imports: { staleSeconds: 10 } } as Config;
    sweep = new SweepImports(database as unknown as Database, config);
    sweep.onApplicationBootstrap();
  });

  afterEach(() => jest.useRealTimers());

  it('never runs twice at once, however long one run takes', async () => {
    await jest.advanceTimersByTimeAsync(60_000);
    expect({ started: database.started, most: database.most }).toEqual({ started: 1, most: 1 });
    database.end();
    await jest.advanceTimersByTimeAsync(10_000);
    expect({ started: database.started, most: database.most }).toEqual({ started: 2, most: 1 });
  });

  it('is waited for at the end, and does not begin again', async () => {
    await jest.advanceTimersByTimeAsync(0);
    let ended = false;
    const shutdown = sweep.onApplicationShutdown().then(() => (ended = true));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(ended).toBe(false);
    database.end();
    await shutdown;
    await jest.advanceTimersByTimeAsync(60_000);
    expect({ started: database.started, running: database.running }).toEqual({ started: 1, running: 0 });
  });
});
