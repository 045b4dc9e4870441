import { addEvasions, evasionRate } from './adversarial.ts';

const counts = { succeeded: 6, degraded: 4, resisted: 5, not_assessed: 2, hits_only: 3 };

describe('rate of evasions', () => {
  it('counts a degradation as assessed, not as evaded', () => {
    expect(evasionRate(counts)).toMatchObject({ succeeded: 6, assessed: 15, value: 0.4 });
  });

  it('is none without an assessed run', () => {
    expect(evasionRate({ ...counts, succeeded: 0, degraded: 0, resisted: 0 })).toBeNull();
  });

  it('is that of the sums', () => {
    expect(addEvasions([counts, counts])).toEqual({
      succeeded: 12,
      degraded: 8,
      resisted: 10,
      not_assessed: 4,
      hits_only: 6,
    });
  });
});
