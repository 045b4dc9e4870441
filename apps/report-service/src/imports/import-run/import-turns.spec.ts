import { setImmediate } from 'node:timers/promises';
import type { Config } from '#platform';
import { ImportTurns } from './import-turns.ts';

const turnsWith = (imports: Partial<Config['imports']>): ImportTurns =>
  new ImportTurns({ imports: { underWay: 9, perOrganization: 9, readAtOnce: 9, ...imports } } as Config);

describe('the turns of imports', () => {
  it('gives a free turn to the organization that reads least, however long the other was first', async () => {
    const turns = turnsWith({ readAtOnce: 2 });
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const read = (organization: string): Promise<void> =>
      turns.read(organization, () => {
        begun.push(organization);
        return new Promise((resolve) => ends.push(resolve));
      });
    const all = ['a', 'a', 'a', 'a', 'b'].map(read);
    await setImmediate();
    expect(begun).toEqual(['a', 'a']);
    ends.shift()?.();
    await setImmediate();
    expect(begun).toEqual(['a', 'a', 'b']);
    while (ends.length > 0) {
      ends.shift()?.();
      await setImmediate();
    }
    await Promise.all(all);
    expect(begun).toEqual(['a', 'a', 'b', 'a', 'a']);
  });

  it('turns away what is more than an organization may have, and takes it once one has ended', async () => {
    const turns = turnsWith({ perOrganization: 1 });
    let end = (): void => undefined;
    const first = turns.during('a', () => new Promise<void>((resolve) => (end = resolve)));
    await expect(turns.during('a', () => Promise.resolve())).rejects.toMatchObject({ code: 'imports_under_way' });
    await expect(turns.during('b', () => Promise.resolve(1))).resolves.toBe(1);
    end();
    await first;
    await expect(turns.during('a', () => Promise.resolve(2))).resolves.toBe(2);
  });
});
