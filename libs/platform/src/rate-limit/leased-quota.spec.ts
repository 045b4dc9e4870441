import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

import { LeasedQuota, type SharedCounter } from './leased-quota.ts';

const windowMs = 60_000;

/** A counter that several processes share, and that tells how often it was asked. */
function sharedCounter(quota: number): SharedCounter & { asked: number } {
  const limiter = new RateLimiterMemory({ points: quota, duration: windowMs / 1_000 });
  const counter = {
    asked: 0,
    consume: async (key: string, points: number): Promise<RateLimiterRes> => {
      counter.asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return limiter.consume(key, points);
    },
  };
  return counter;
}

const takeMany = async (quota: LeasedQuota, key: string, times: number): Promise<number> => {
  const verdicts = await Promise.all(Array.from({ length: times }, () => quota.take(key)));
  return verdicts.filter(({ allowed }) => allowed).length;
};

describe('a quota of leases', () => {
  it.each([1, 2, 7, 60, 100, 1_200])(
    'of %i allows so many requests of one process, and not one more',
    async (points) => {
      const quota = new LeasedQuota(points, windowMs, sharedCounter(points));

      expect(await takeMany(quota, 'a', points)).toBe(points);
      expect(await takeMany(quota, 'a', points)).toBe(0);
      expect((await quota.take('a')).remaining).toBe(0);
    },
  );

  it.each([7, 60, 100, 1_200])('of %i is never exceeded by four processes, and loses little', async (points) => {
    const counter = sharedCounter(points);
    const processes = Array.from({ length: 4 }, () => new LeasedQuota(points, windowMs, counter));
    let allowed = 0;
    for (let round = 0; round < points; round += 1) {
      for (const process of processes) allowed += (await process.take('a')).allowed ? 1 : 0;
    }

    expect(allowed).toBeLessThanOrEqual(points);
    // All that asked until they were refused: what was leased was used.
    expect(allowed).toBe(points);
  });

  it('asks the shared counter for few of the requests, and again where only some are left', async () => {
    const counter = sharedCounter(1_200);
    const quota = new LeasedQuota(1_200, windowMs, counter);

    for (let n = 0; n < 600; n += 1) await quota.take('a');
    expect(counter.asked).toBeLessThan(600 / 25);
  });

  it('counts each key by itself', async () => {
    const quota = new LeasedQuota(5, windowMs, sharedCounter(5));

    expect(await takeMany(quota, 'a', 9)).toBe(5);
    expect(await takeMany(quota, 'b', 9)).toBe(5);
  });

  it('begins anew when the window has ended, and says when that is', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const quota = new LeasedQuota(5, windowMs, sharedCounter(5));
      expect(await takeMany(quota, 'a', 9)).toBe(5);
      expect(quota.isExhausted('a')?.resetMs).toBe(windowMs);
      jest.advanceTimersByTime(windowMs + 1);
      expect(quota.isExhausted('a')).toBeNull();
      expect(await takeMany(quota, 'a', 9)).toBe(5);
    } finally {
      jest.useRealTimers();
    }
  });
});
