import { setImmediate } from 'node:timers/promises';
import { ConnectionGuard, NestedConnection } from './connection-guard.ts';

const guard = new ConnectionGuard(true);

describe('a guard of connections', () => {
  it('refuses a second connection to who holds one, however deep', async () => {
    const nested = guard.hold('first', async () => {
      await setImmediate();
      return guard.hold('second', () => Promise.resolve());
    });
    await expect(nested).rejects.toThrow(NestedConnection);
    await expect(nested).rejects.toThrow('(second) was asked for by work that holds one (first)');
  });

  it('refuses a single statement as well', async () => {
    await expect(
      guard.hold('first', () => {
        guard.refuseNested('a statement');
        return Promise.resolve();
      }),
    ).rejects.toThrow(NestedConnection);
  });

  it('lets one follow the other, and two go side by side', async () => {
    const one = (): Promise<number> => guard.hold('one', () => setImmediate(1));
    await one();
    await expect(Promise.all([one(), one()])).resolves.toEqual([1, 1]);
  });

  it('lets what was begun inside go on once the connection is given back', async () => {
    let later: Promise<number> | undefined;
    let giveBack: (() => void) | undefined;
    const given = new Promise<void>((resolve) => (giveBack = resolve));
    await guard.hold('first', () => {
      later = given.then(() => guard.hold('later', () => Promise.resolve(2)));
      return Promise.resolve();
    });
    giveBack?.();
    await expect(later).resolves.toBe(2);
  });

  it('lets everything nest where it is off', async () => {
    const off = new ConnectionGuard(false);
    await expect(off.hold('outer', () => off.hold('inner', () => Promise.resolve(4)))).resolves.toBe(4);
  });
});
