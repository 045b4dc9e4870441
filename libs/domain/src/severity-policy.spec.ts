import { completePolicy, policyFaults } from './severity-policy.ts';

const row = ['critical', 'high', 'medium', 'low', 'info'] as const;

describe('a severity policy', () => {
  it('may leave out every part, and gets the usual bands and severities', () => {
    expect(policyFaults({})).toEqual([]);
    expect(completePolicy({})).toEqual({ thresholds: [0.9, 0.7, 0.5, 0.3, 0], matrix: {}, default_row: row });
  });

  it('finds a category by the words of the source and by ours', () => {
    const matrix = { 'Tool Misuse': ['high', 'high', 'low', 'low', 'info'] };
    expect(Object.keys(completePolicy({ matrix })?.matrix ?? {}).sort()).toEqual(['Tool Misuse', 'tool_misuse']);
  });

  it('takes bounds that are equal, and refuses those that rise', () => {
    expect(policyFaults({ thresholds: [0.9, 0.9, 0.5, 0.5, 0] })).toEqual([]);
    expect(policyFaults({ thresholds: [0.9, 0.7, 0.5, 0.6, 0] })).toMatchObject([{ loc: ['thresholds'] }]);
  });

  it.each([
    [null, []],
    [[], []],
    [{ limits: [] }, ['limits']],
    [{ thresholds: [0.9, 0.7, 0.5, 0.3] }, ['thresholds']],
    [{ thresholds: [1.1, 0.7, 0.5, 0.3, 0] }, ['thresholds']],
    [{ thresholds: [Number.NaN, 0.7, 0.5, 0.3, 0] }, ['thresholds']],
    [{ default_row: ['critical', 'high', 'medium', 'low', 'worst'] }, ['default_row']],
    [{ matrix: [] }, ['matrix']],
    [{ matrix: { tool_misuse: ['high'] } }, ['matrix', 'tool_misuse']],
    [{ matrix: { 'nul\0': row } }, ['matrix', 'nul\0']],
    [{ matrix: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`c${n}`, row])) }, ['matrix']],
  ])('is refused where it is wrong: %j', (policy, loc) => {
    expect(policyFaults(policy).map((fault) => fault.loc)).toEqual([loc]);
    expect(completePolicy(policy)).toBeNull();
  });
});
