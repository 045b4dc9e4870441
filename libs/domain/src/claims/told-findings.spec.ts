import { trialsClaim } from './told-findings.ts';

const trials = { trials: 8, succeeded_trials: 2, not_assessed_trials: 3 };

describe('trials of a finding', () => {
  it('are of those that were assessed', () => {
    expect(trialsClaim({ ...trials, coverage: 'full' }, 'F-001')).toMatchObject({
      succeeded: 2,
      assessed: 5,
      not_assessed: 3,
      population: { coverage: 'rated' },
    });
  });

  it('are of no number in a hit log, which holds the ones that succeeded alone', () => {
    expect(trialsClaim({ ...trials, coverage: 'hits_only' }, 'F-001')).toMatchObject({
      succeeded: 2,
      assessed: null,
      population: { coverage: 'hits_only' },
    });
  });
});
