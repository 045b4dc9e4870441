import { Readiness } from './readiness.ts';

describe('readiness', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('looks once, however many ask, and again a second later', async () => {
    const readiness = new Readiness();
    let looks = 0;
    let there = true;
    readiness.add('database', () => {
      looks += 1;
      return there ? Promise.resolve() : Promise.reject(new Error('away'));
    });

    const asked = Array.from({ length: 100 }, () => readiness.inspect());

    expect(new Set(await Promise.all(asked))).toEqual(new Set([{ database: true }]));
    expect(looks).toBe(1);
    there = false;
    expect(await readiness.inspect()).toEqual({ database: true });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await readiness.inspect()).toEqual({ database: false });
    expect(looks).toBe(2);
  });

  it('waits two seconds for a part', async () => {
    const readiness = new Readiness();
    readiness.add('storage', () => new Promise(() => undefined));

    const asked = readiness.inspect();
    await jest.advanceTimersByTimeAsync(2_000);

    expect(await asked).toEqual({ storage: false });
  });
});
