import { NarrowLane } from './narrow-lane.ts';

const full = (): Error => new Error('full');

describe('a narrow lane', () => {
  it('lets so many run, so many wait in their order, and turns the rest away', async () => {
    const lane = new NarrowLane(2, 3);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const work = (n: number) => (): Promise<number> => {
      begun.push(n);
      return new Promise((resolve) => {
        ends.push(() => {
          resolve(n);
        });
      });
    };
    const all = [0, 1, 2, 3, 4].map((n) => lane.run(work(n), full));

    await expect(lane.run(work(5), full)).rejects.toThrow('full');
    expect(begun).toEqual([0, 1]);
    for (let n = 0; n < 5; n += 1) {
      ends[n]?.();
      expect(await all[n]).toBe(n);
      await Promise.resolve();
    }
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it('is free again after work that failed', async () => {
    const lane = new NarrowLane(1, 0);
    await expect(lane.run(() => Promise.reject(new Error('broken')), full)).rejects.toThrow('broken');

    expect(await lane.run(() => Promise.resolve('done'), full)).toBe('done');
  });
});
