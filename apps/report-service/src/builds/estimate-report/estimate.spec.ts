import type { FindingRow } from '#domain';
import { meanCharacters, pace } from './estimate.ts';

describe('the pace of builds', () => {
  it('is unknown until three builds were measured', () => {
    expect(pace([1, 2].map(() => ({ findings: 0, ms: 9_000 })))).toBeNull();
  });

  it('follows what past builds took, and one that was held up changes little', () => {
    const past = [1, 2, 3, 4].map(() => ({ findings: 250, ms: 4_000 }));
    expect(pace([...past, { findings: 10, ms: 500_000 }])).toBe(2);
  });

  it('stays within reason whatever was measured', () => {
    expect(pace([1, 2, 3].map(() => ({ findings: 0, ms: 1e9 })))).toBe(20);
    expect(pace([1, 2, 3].map(() => ({ findings: 1_000, ms: 0 })))).toBe(0.05);
  });
});

describe('the texts of findings', () => {
  it('are counted over all that a detail prints, and none is no text', () => {
    const trial = { original_prompt: null, prompt: 'abc', response: 'de', reasoning: null, turns: [{ content: 'fg' }] };
    const rows = [
      { goal: 'x', notes: null, best_trial: trial },
      { goal: null, notes: null, best_trial: null },
    ] as unknown as FindingRow[];
    expect(meanCharacters(rows)).toBe(4);
    expect(meanCharacters([])).toBe(0);
  });
});
