import { compareFindings, type RankedFinding, WorstFinding } from './worst.ts';

const finding = (own: Partial<RankedFinding> = {}): RankedFinding => ({
  severity: 'critical',
  outcome: 'succeeded',
  finding_status: 'open',
  best_score: 1,
  score_meaning: 'graded',
  ...own,
});
const claimOf = (
  findings: readonly RankedFinding[],
  filtered = false,
): ReturnType<WorstFinding<RankedFinding>['claim']> => {
  const worst = new WorstFinding<RankedFinding>();
  for (const one of findings) worst.add(one);
  return worst.claim('F-001', filtered);
};

describe('the order of findings', () => {
  it('is severity, success, status, score', () => {
    const ordered = [
      finding(),
      finding({ best_score: 0.9 }),
      finding({ best_score: null }),
      finding({ finding_status: 'remediated' }),
      finding({ outcome: 'resisted', best_score: 0.49 }),
      finding({ outcome: 'resisted', finding_status: 'accepted_risk' }),
      finding({ severity: 'high' }),
      finding({ severity: 'info' }),
      finding({ severity: null }),
    ];
    expect([...ordered].reverse().sort(compareFindings)).toEqual(ordered);
  });

  it('does not tell equal ones apart: they stay in the order of their files', () => {
    expect(compareFindings(finding(), finding())).toBe(0);
  });
});

describe('the worst finding', () => {
  it('is one of those that nothing tells apart', () => {
    expect(claimOf([finding(), finding(), finding({ best_score: 0.9 }), finding({ severity: 'low' })])).toMatchObject({
      severity: 'critical',
      of_severity: 3,
      equal: 2,
      about: { finding: 'F-001' },
    });
  });

  it('succeeded and is open', () => {
    const closed = finding({ finding_status: 'remediated' });
    const close = finding({ outcome: 'resisted' });
    expect(claimOf([closed, close, finding({ severity: 'low' })])).toMatchObject({
      severity: 'low',
      of_severity: 1,
      equal: 1,
    });
    expect(claimOf([closed, close])).toBeNull();
  });

  it('of a filtered report is that of the filter', () => {
    expect(claimOf([finding()], true)?.population).toMatchObject({ filtered: true });
  });

  it('says whether its score grades harm, or only orders trials', () => {
    expect(claimOf([finding()])).toMatchObject({ graded: true });
    expect(claimOf([finding({ score_meaning: 'ranking_only' })])).toMatchObject({ graded: false });
  });
});
