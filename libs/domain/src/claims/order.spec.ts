import { highestRate, mostSuccesses } from './order.ts';

const group = (
  name: string,
  succeeded: number,
  assessed: number,
  hits_only = 0,
): Parameters<typeof highestRate>[1][number] => ({
  name,
  succeeded,
  resisted: assessed - succeeded,
  hits_only,
});
const state = (...rows: ReturnType<typeof group>[]): string => highestRate('attack', rows).state;
const leaders = (...rows: ReturnType<typeof group>[]): string[] =>
  highestRate('attack', rows).leaders.map(({ name }) => name);

describe('the highest rate', () => {
  // Fisher 3.3e-5 and 5.0e-14 against the others; Newcombe +16.3 to +42.2 and +37.7 to +60.1.
  it('is settled where it is above every other beyond chance', () => {
    const claim = highestRate('attack', [group('a', 30, 100), group('b', 60, 100), group('c', 10, 100)], {
      target: 'n:bot',
    });
    expect(claim).toMatchObject({
      state: 'settled',
      about: { target: 'n:bot' },
      leaders: [{ name: 'b', rate: { succeeded: 60, assessed: 100 } }],
      next: { name: 'a' },
      compared: 3,
    });
  });

  it('is not settled with fewer than 20 runs on either side', () => {
    expect(state(group('a', 19, 19), group('b', 0, 100))).toBe('unsettled');
    expect(state(group('a', 100, 100), group('b', 0, 19))).toBe('unsettled');
    expect(state(group('a', 20, 20), group('b', 0, 20))).toBe('settled');
  });

  it('is not settled where one other may be as high', () => {
    expect(state(group('a', 60, 100), group('b', 55, 100), group('c', 10, 100))).toBe('unsettled');
    expect(state(group('a', 60, 100), group('b', 10, 100), group('c', 55, 100))).toBe('unsettled');
  });

  it('is not settled by one of 1 before 55 of 60', () => {
    expect(state(group('a', 1, 1), group('b', 55, 60))).toBe('unsettled');
  });

  it('is corrected for the number of comparisons', () => {
    // 10 of 20 against 2 of 20: p = 0.0138, which four equal comparisons take to 0.055.
    const others = (count: number): ReturnType<typeof group>[] =>
      Array.from({ length: count }, (_, index) => group(`b${index}`, 2, 20));
    expect(state(group('a', 10, 20), ...others(3))).toBe('settled');
    expect(state(group('a', 10, 20), ...others(4))).toBe('unsettled');
  });

  it('goes by the interval of the difference: those of the rates may overlap', () => {
    // The intervals 46.2 - 58.3 and 35.7 - 47.6 overlap; that of the difference is +2.2 to +19.1, p = 0.018.
    expect(state(group('a', 136, 260), group('b', 108, 260))).toBe('settled');
  });

  it('is a tie where several have it, whatever their numbers', () => {
    expect(leaders(group('a', 1, 2), group('b', 50, 100), group('c', 1, 9))).toEqual(['a', 'b']);
    expect(state(group('a', 1, 2), group('b', 50, 100), group('c', 1, 9))).toBe('tied');
    expect(leaders(...Array.from({ length: 18 }, (_, index) => group(`g${index}`, 125, 125)))).toHaveLength(18);
  });

  it('is told of no name that is alone, and of none without a success', () => {
    expect(state(group('a', 5, 60))).toBe('alone');
    expect(state(group('a', 5, 60), group('not assessed', 0, 0))).toBe('alone');
    expect([state(group('a', 0, 60), group('b', 0, 5)), state()]).toEqual(['none', 'none']);
  });

  it('counts no hit without a denominator', () => {
    expect(leaders(group('a', 0, 20, 20), group('b', 1, 20))).toEqual(['b']);
  });

  it('takes no missing category for a category', () => {
    const rows = [group('uncategorised', 5, 6), group('prompt_injection', 102, 200), group('self_harm', 1, 30)];
    expect(highestRate('category', rows).leaders).toMatchObject([{ name: 'prompt_injection' }]);
    expect(leaders(...rows)).toEqual(['uncategorised']);
  });
});

describe('the most successes', () => {
  const most = (...rows: ReturnType<typeof group>[]): ReturnType<typeof mostSuccesses> =>
    mostSuccesses('category', rows);

  it('are a count, hits among them', () => {
    expect(most(group('a', 3, 10), group('b', 1, 9, 5))).toMatchObject({
      state: 'one',
      leaders: ['b'],
      successes: 6,
      of: 9,
      population: { coverage: 'any' },
    });
  });

  it('are a tie where several have them', () => {
    expect(most(group('a', 1, 4), group('b', 1, 9), group('c', 0, 9))).toMatchObject({
      state: 'tied',
      leaders: ['a', 'b'],
    });
  });

  it('are nobody’s where those without a name could make another the one with the most', () => {
    expect(most(group('a', 1, 2), group('uncategorised', 1, 3))).toMatchObject({ state: 'unsettled', unnamed: 1 });
    expect(most(group('a', 3, 4), group('b', 1, 4), group('uncategorised', 2, 3)).state).toBe('unsettled');
    expect(most(group('a', 4, 4), group('b', 1, 4), group('uncategorised', 2, 3)).state).toBe('one');
  });

  it('belong to nobody where one name stands alone or nothing succeeded', () => {
    expect([most(group('a', 3, 4)).state, most(group('a', 0, 4), group('b', 0, 1)).state, most().state]).toEqual([
      'alone',
      'none',
      'none',
    ]);
  });

  it('without a category are counted in the whole and lead nothing', () => {
    expect(most(group('uncategorised', 9, 9), group('a', 2, 9), group('b', 1, 9))).toMatchObject({
      leaders: ['a'],
      of: 12,
    });
  });
});
