import { SlotLoop } from './slot-loop.ts';

const pauseMs = 60_000;
const slots = 2;

/** Takes as much of its work as there are free slots. */
class TakingLoop extends SlotLoop {
  readonly started: string[] = [];
  aborted = 0;
  private readonly ends = new Map<string, { readonly well: () => void; readonly badly: (error: Error) => void }>();

  constructor(private readonly work: string[]) {
    super(pauseMs, 'interrupted', slots);
    jest.spyOn(this.logger, 'warn').mockImplementation(() => undefined);
  }

  end(name: string, error?: Error): void {
    if (error) this.ends.get(name)?.badly(error);
    else this.ends.get(name)?.well();
    this.ends.delete(name);
  }

  protected run(): Promise<boolean> {
    for (const name of this.work.splice(0, this.freeSlots)) {
      this.start((signal) => {
        this.started.push(name);
        signal.addEventListener('abort', () => {
          if (this.ends.has(name)) this.aborted += 1;
          this.end(name);
        });
        return new Promise((well, badly) => this.ends.set(name, { well, badly }));
      });
    }
    return Promise.resolve(false);
  }
}

describe('a loop with slots', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const begun = async (work: string[]): Promise<TakingLoop> => {
    const loop = new TakingLoop(work);
    loop.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(0);
    return loop;
  };

  it('fills its slots, and gives one that is free to the next without waiting for the slowest', async () => {
    const loop = await begun(['slow', 'quick', 'next', 'last']);
    expect(loop.started).toEqual(['slow', 'quick']);
    loop.end('quick');
    await jest.advanceTimersByTimeAsync(0);
    expect(loop.started).toEqual(['slow', 'quick', 'next']);
    loop.end('next');
    await jest.advanceTimersByTimeAsync(0);
    expect(loop.started).toEqual(['slow', 'quick', 'next', 'last']);
  });

  it('gets a slot back from work that throws', async () => {
    const loop = await begun(['slow', 'bad', 'next']);
    loop.end('bad', new Error('poison'));
    await jest.advanceTimersByTimeAsync(0);
    expect(loop.started).toEqual(['slow', 'bad', 'next']);
  });

  it('lets the shutdown wait for what is under way, and tells what takes too long that it is over', async () => {
    const loop = await begun(['slow', 'quick', 'next']);
    const over = jest.fn();
    const shutdown = loop.onApplicationShutdown().then(over);
    loop.end('quick');
    await jest.advanceTimersByTimeAsync(1_000);
    expect([over.mock.calls.length, loop.aborted]).toEqual([0, 0]);
    await jest.advanceTimersByTimeAsync(2_000);
    await shutdown;
    expect(loop.aborted).toBe(1);
    expect(loop.started).toEqual(['slow', 'quick']);
  });
});
