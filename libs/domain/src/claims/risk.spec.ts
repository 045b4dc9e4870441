import { noRuns } from '../metrics.ts';
import { riskClaim, riskiestFirst, type TargetRisk } from './risk.ts';

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
const target = (own: Partial<TargetRisk>): TargetRisk => ({
  ...noRuns,
  target_key: 'n:bot',
  name: 'bot',
  open: none,
  remediated: 0,
  accepted: 0,
  ...own,
});
const risk = (own: Partial<TargetRisk>): ReturnType<typeof riskClaim> => riskClaim(target(own));

describe('risk of a target', () => {
  it('rests on the worst success that is open, and on the rate', () => {
    expect(risk({ succeeded: 4, resisted: 6, open: { ...none, high: 3, low: 1 } })).toMatchObject({
      state: 'scored',
      score: { value: 6.1, worst: 'high', asr: 0.4 },
      lower_bound: false,
      open: 4,
    });
  });

  it('is 0 where what succeeded is closed, and says how', () => {
    expect(risk({ succeeded: 3, resisted: 7, remediated: 2, accepted: 1 })).toMatchObject({
      state: 'closed',
      score: { value: 0, worst: null },
      remediated: 2,
      accepted: 1,
      rate: { value: 0.3 },
    });
  });

  it('is no number where what succeeded is called no finding, or no hit could be assessed', () => {
    expect(risk({ succeeded: 2, resisted: 5 })).toMatchObject({ state: 'ungraded', score: null, lower_bound: false });
    expect(risk({ not_assessed: 3 })).toMatchObject({ state: 'not_assessed', score: null });
  });

  it('is 0 with the bound of the rate where nothing succeeded', () => {
    expect(risk({ resisted: 20 })).toMatchObject({
      state: 'none_succeeded',
      score: { value: 0 },
      rate: { high: expect.closeTo(0.1611, 4) as number },
    });
  });

  it('is no number where nothing was assessed or there are no runs', () => {
    expect(risk({ not_assessed: 12 })).toMatchObject({ state: 'not_assessed', score: null, lower_bound: false });
    expect(risk({})).toMatchObject({ state: 'no_runs', score: null });
  });

  it('is a lower bound where hits have no denominator, beside a rate too', () => {
    expect(risk({ hits_only: 3, open: { ...none, critical: 3 } })).toMatchObject({
      score: { value: 6, asr: null },
      lower_bound: true,
    });
    expect(risk({ hits_only: 9, resisted: 20, open: { ...none, critical: 9 } })).toMatchObject({
      score: { value: 6, asr: 0 },
      lower_bound: true,
    });
  });

  it('is no number where all hits are closed and no rate is known', () => {
    expect(risk({ hits_only: 3, remediated: 3 })).toMatchObject({ state: 'closed', score: null });
  });
});

describe('several targets', () => {
  it('stand by score, then severity, then name, those without a score last', () => {
    const claims = [
      target({ name: 'idle', target_key: 'n:idle' }),
      target({ name: 'b', resisted: 5 }),
      target({ name: 'a', resisted: 5 }),
      target({ name: 'worst', succeeded: 1, resisted: 9, open: { ...none, critical: 1 } }),
    ].map((one) => riskClaim(one));
    expect(riskiestFirst(claims).map(({ name }) => name)).toEqual(['worst', 'a', 'b', 'idle']);
  });

  it('go by the score before the severity: 8 of 8 on high is more than 1 of 10 on critical', () => {
    const claims = [
      target({ name: 'rare', succeeded: 1, resisted: 9, open: { ...none, critical: 1 } }),
      target({ name: 'often', succeeded: 8, open: { ...none, high: 8 } }),
    ].map((one) => riskClaim(one));
    expect(riskiestFirst(claims).map(({ name, score }) => [name, score?.value])).toEqual([
      ['often', 8],
      ['rare', 6.4],
    ]);
  });
});
