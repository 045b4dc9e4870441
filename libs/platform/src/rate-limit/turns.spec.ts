import { Turns } from './turns.ts';

const full = (): Error => new Error('full');

function desk(atOnce = 1): {
  turns: Turns;
  begun: string[];
  ask: (who: string) => Promise<string>;
  endOne: () => Promise<void>;
} {
  const turns = new Turns({ atOnce, waitingOfOne: 3, waitingOfAll: 5 });
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (who: string): Promise<string> =>
    turns.run(
      who.charAt(0),
      () => {
        begun.push(who);
        return new Promise((resolve) => {
          ends.push(() => {
            resolve(who);
          });
        });
      },
      full,
    );
  const endOne = async (): Promise<void> => {
    ends.shift()?.();
    for (let n = 0; n < 5; n += 1) await Promise.resolve();
  };
  return { turns, begun, ask, endOne };
}

describe('turns', () => {
  it('serve one who comes later before the next of whoever was served last', async () => {
    const { begun, ask, endOne } = desk();
    const all = ['a1', 'a2', 'a3', 'b1', 'c1', 'b2'].map(ask);
    while (begun.length < all.length) await endOne();
    await endOne();

    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'b2']);
  });

  it('turn away what is more than one may have waiting, and more than all may', async () => {
    const { begun, ask, endOne } = desk();
    const taken = ['a1', 'a2', 'a3', 'a4'].map(ask);
    await expect(ask('a5')).rejects.toThrow('full');
    taken.push(...['b1', 'c1'].map(ask));
    await expect(ask('d1')).rejects.toThrow('full');
    while (begun.length < taken.length) await endOne();
    await endOne();
    await Promise.all(taken);

    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'a3', 'a4']);
    void ask('d2');
    expect(begun.at(-1)).toBe('d2');
  });

  it('go to whoever has the fewest under way, where several run at once', async () => {
    const { begun, ask, endOne } = desk(2);
    const all = ['a1', 'a2', 'a3', 'a4', 'b1'].map(ask);
    expect(begun).toEqual(['a1', 'a2']);
    while (begun.length < all.length) await endOne();
    await endOne();
    await endOne();
    await Promise.all(all);

    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3', 'a4']);
  });

  it('leave to others what one may not have, also while none of them asks', async () => {
    const turns = new Turns({ atOnce: 3, atOnceOfOne: 2 });
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const ask = (who: string): Promise<void> =>
      turns.run(who.charAt(0), () => {
        begun.push(who);
        return new Promise((resolve) => ends.push(resolve));
      });
    const all = ['a1', 'a2', 'a3', 'b1'].map(ask);
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    while (ends.length > 0) {
      ends.pop()?.();
      for (let n = 0; n < 5; n += 1) await Promise.resolve();
    }
    await Promise.all(all);
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('turn away what has waited too long, and keep no place for it', async () => {
    const turns = new Turns({ atOnce: 1, waitMs: 20 });
    let end = (): void => undefined;
    const first = turns.run('a', () => new Promise<void>((resolve) => (end = resolve)));
    await expect(turns.run('b', () => Promise.resolve(), full)).rejects.toThrow('full');
    end();
    await first;
    await expect(turns.run('b', () => Promise.resolve('in'), full)).resolves.toBe('in');
  });

  it('go on after work that failed', async () => {
    const { turns, ask, begun, endOne } = desk();
    await expect(turns.run('a', () => Promise.reject(new Error('broken')), full)).rejects.toThrow('broken');
    const next = ask('b1');
    await endOne();

    expect(await next).toBe('b1');
    expect(begun).toEqual(['b1']);
  });
});
