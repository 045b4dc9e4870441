import { nextAttemptAfter } from './delivery-schedule.ts';

describe('the schedule of deliveries', () => {
  it('waits longer after each failed attempt, and gives up after the tenth', () => {
    const pauses = Array.from({ length: 10 }, (_, index) => nextAttemptAfter(index + 1, 0));

    expect(pauses).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
  });

  it('spreads attempts by up to a tenth', () => {
    expect(nextAttemptAfter(2, 1)).toBeCloseTo(330);
  });
});
