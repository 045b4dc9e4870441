import { frameworkKeys, frameworks, isListed } from './frameworks.ts';

describe('frameworks', () => {
  it('are five, each under its key, with every item named once', () => {
    expect(frameworks.map(({ key }) => key)).toEqual(frameworkKeys);
    for (const { items } of frameworks) expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(frameworks.map(({ items }) => items.length)).toEqual([10, 10, 28, 4, 7]);
  });

  it('say which release and which part of it they are, and hold nothing that the release has not', () => {
    for (const { release, part } of frameworks) expect([release, part]).not.toContain('');
    const atlas = frameworks.find(({ key }) => key === 'mitre_atlas');
    expect(atlas?.part).toContain(`${atlas?.items.length ?? 0} of its 140`);
    expect(isListed('mitre_atlas', 'AML.T0026')).toBe(false);
    expect(isListed('mitre_atlas', 'AML.T0057')).toBe(true);
    for (const { items } of frameworks) expect(items.filter(({ id, name }) => id === name)).toEqual([]);
  });

  it('use the official titles where the SDK differs', () => {
    const agentic = frameworks.find(({ key }) => key === 'owasp_agentic_top_10')?.items ?? [];
    expect(agentic.filter(({ id }) => id === 'ASI01' || id === 'ASI06').map(({ name }) => name)).toEqual([
      'Agent Goal Hijack',
      'Memory & Context Poisoning',
    ]);
  });
});
