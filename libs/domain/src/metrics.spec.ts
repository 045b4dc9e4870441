import type { RunCounts } from './metrics.ts';
import {
  addCounts,
  attackSuccessRate,
  lift,
  noRuns,
  riskScore,
  severityOfScore,
  totalRuns,
  wilson,
  withinNoise,
  worstSeverity,
} from './metrics.ts';

const counts = (some: Partial<RunCounts>): RunCounts => ({ ...noRuns, ...some });
const percent = (value: number): string => (value * 100).toFixed(1);

describe('attack success rate', () => {
  it('divides succeeded by succeeded plus resisted and leaves not assessed runs and hits out', () => {
    expect(attackSuccessRate(counts({ succeeded: 74, resisted: 311, not_assessed: 27, hits_only: 9 }))).toMatchObject({
      succeeded: 74,
      assessed: 385,
      value: 74 / 385,
    });
  });

  it('is null, not 0, when no run could be assessed', () => {
    expect(attackSuccessRate(counts({ not_assessed: 36 }))).toBeNull();
  });

  it.each([
    [74, 385, '15.6', '23.5'],
    [7, 23, '15.6', '50.9'],
    [7, 9, '45.3', '93.7'],
    [1, 18, '1.0', '25.8'],
    [0, 8, '0.0', '32.4'],
    [0, 20, '0.0', '16.1'],
    [0, 390, '0.0', '1.0'],
    [5, 41, '5.3', '25.5'],
  ])('gives %i of %i the Wilson interval %s to %s percent', (k, n, low, high) => {
    const rate = wilson(k, n);
    expect([percent(rate.low), percent(rate.high)]).toEqual([low, high]);
  });

  it('keeps the whole interval at 1 when every run succeeded', () => {
    expect(wilson(5, 5).high).toBe(1);
  });
});

describe('runs of two parts', () => {
  it('add up outcome by outcome', () => {
    const sum = addCounts(
      { succeeded: 1, resisted: 2, not_assessed: 3, hits_only: 4 },
      { succeeded: 10, resisted: 20, not_assessed: 30, hits_only: 40 },
    );
    expect(sum).toEqual({ succeeded: 11, resisted: 22, not_assessed: 33, hits_only: 44 });
    expect(totalRuns(sum)).toBe(110);
  });
});

describe('risk score', () => {
  it.each([
    ['high', 0.4, 6.1, 'high'],
    ['critical', 0, 6, 'high'],
    ['critical', 0.192, 6.8, 'high'],
    ['critical', 1, 10, 'critical'],
    ['info', 0, 0.6, 'low'],
  ] as const)('of worst severity %s at ASR %d is %d, band %s', (worst, asr, value, band) => {
    expect(riskScore(worst, asr)).toMatchObject({ value, band });
  });

  it('is 0 when nothing succeeded or came close', () => {
    expect(riskScore(null, 0)).toMatchObject({ value: 0, band: 'low', worst: null });
  });

  it('is a lower bound when hits have no denominator', () => {
    expect(riskScore('critical', null)).toMatchObject({ value: 6, asr: null });
  });
});

describe('severity', () => {
  it.each([
    [0.9, 'critical'],
    [0.89, 'high'],
    [0.7, 'high'],
    [0.5, 'medium'],
    [0.3, 'low'],
    [0.29, 'info'],
    [0, 'info'],
  ] as const)('of score %d is %s', (score, severity) => {
    expect(severityOfScore(score)).toBe(severity);
  });

  it('names the worst one present', () => {
    expect(worstSeverity({ critical: 0, medium: 2, low: 9 })).toBe('medium');
    expect(worstSeverity({})).toBeNull();
  });
});

describe('lift', () => {
  it("has Newcombe's interval: his example of 56 of 70 against 48 of 80 gives 0.0524 to 0.3339", () => {
    const difference = lift(wilson(56, 70), wilson(48, 80));
    expect(difference.value).toBeCloseTo(0.2, 10);
    expect(difference.low).toBeCloseTo(0.0524, 4);
    expect(difference.high).toBeCloseTo(0.3339, 4);
  });

  it('is within noise when the interval includes zero', () => {
    expect(withinNoise(lift(wilson(3, 10), wilson(2, 10)))).toBe(true);
    expect(withinNoise(lift(wilson(90, 100), wilson(10, 100)))).toBe(false);
    expect(withinNoise({ value: 0.1, low: 0, high: 0.2 })).toBe(true);
    expect(withinNoise({ value: -0.1, low: -0.2, high: 0 })).toBe(true);
  });
});
