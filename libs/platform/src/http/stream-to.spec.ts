import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import { streamTo } from './stream-to.ts';

/** A connection whose reader empties the buffer so long after each write. */
class SlowResponse extends EventEmitter {
  destroyed = false;
  headersSent = false;
  ended = false;
  written = 0;

  constructor(private readonly drainsAfterMs: number) {
    super();
  }

  set(): void {
    this.headersSent = true;
  }

  setTimeout(): void {
    // Nothing is left in a buffer here.
  }

  write(chunk: string): boolean {
    this.written += chunk.length;
    setTimeout(() => this.emit('drain'), this.drainsAfterMs);
    return false;
  }

  end(): void {
    this.ended = true;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

async function* chunks(count: number, bytes: number): AsyncGenerator<string> {
  for (let n = 0; n < count; n += 1) yield await Promise.resolve('x'.repeat(bytes));
}

describe('a streamed answer', () => {
  const send = async (drainsAfterMs: number, totalMs: number, afterMs: number): Promise<SlowResponse> => {
    const response = new SlowResponse(drainsAfterMs);
    const sent = streamTo(response as unknown as Response, {}, totalMs)(chunks(100, 16 * 1024));
    await jest.advanceTimersByTimeAsync(afterMs);
    await sent;
    return response;
  };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('goes to its end at the pace of a reader who is slow but not too slow', async () => {
    const { ended, destroyed } = await send(500, 3_600_000, 60_000);
    expect({ ended, destroyed }).toEqual({ ended: true, destroyed: false });
  });

  it('is cut for a reader who takes less than the least rate, however steadily', async () => {
    const { ended, destroyed, written } = await send(20_000, 3_600_000, 120_000);
    expect({ ended, destroyed, written }).toEqual({ ended: false, destroyed: true, written: 2 * 16 * 1024 });
  });

  it('is cut when its time is over', async () => {
    const { ended, destroyed } = await send(500, 10_000, 20_000);
    expect({ ended, destroyed }).toEqual({ ended: false, destroyed: true });
  });
});
