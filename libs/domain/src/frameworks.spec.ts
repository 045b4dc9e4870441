import { frameworkKeys, frameworks } from './frameworks.ts';

describe('frameworks', () => {
  it('are five, each under its key, with every item named once', () => {
    expect(frameworks.map(({ key }) => key)).toEqual(frameworkKeys);
    for (const { items } of frameworks) expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(frameworks.map(({ items }) => items.length)).toEqual([10, 10, 27, 4, 7]);
  });

  it('use the official titles where the SDK differs', () => {
    const agentic = frameworks.find(({ key }) => key === 'owasp_agentic_top_10')?.items ?? [];
    expect(agentic.filter(({ id }) => id === 'ASI01' || id === 'ASI06').map(({ name }) => name)).toEqual([
      'Agent Goal Hijack',
      'Memory & Context Poisoning',
    ]);
  });
});
