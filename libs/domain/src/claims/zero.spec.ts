import { noRuns } from '../metrics.ts';
import { noSuccess, restOf } from './zero.ts';

describe('nothing succeeded', () => {
  const row = (name: string, counts: Partial<typeof noRuns>): Parameters<typeof noSuccess>[0][number] => ({
    ...noRuns,
    ...counts,
    name,
  });

  it('is bounded by the least tested name', () => {
    const zero = noSuccess([row('a', { resisted: 40 }), row('b', { resisted: 8, not_assessed: 9 }), row('c', {})]);
    expect([zero?.names, zero?.leastTested.name, zero?.leastTested.rate.high.toFixed(3)]).toEqual([2, 'b', '0.324']);
  });

  it('is not said where a run succeeded or none was assessed', () => {
    expect(noSuccess([row('a', { resisted: 40, succeeded: 1 })])).toBeNull();
    expect(noSuccess([row('a', { resisted: 40 }), row('b', { resisted: 4, succeeded: 1 })])).toBeNull();
    expect(noSuccess([row('a', { not_assessed: 40, hits_only: 2 })])).toBeNull();
  });
});

describe('runs that no row names', () => {
  it('are what the rows leave of the whole', () => {
    const whole = { ...noRuns, succeeded: 8, resisted: 32 };
    expect(restOf(whole, [{ ...noRuns, succeeded: 8, resisted: 2 }])).toEqual({ ...noRuns, resisted: 30 });
    expect(restOf(whole, [whole])).toBeNull();
  });
});
