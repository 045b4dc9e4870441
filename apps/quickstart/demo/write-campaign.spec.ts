import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { demoCampaign } from './write-campaign.ts';

interface Row {
  readonly type: string;
  readonly id: string;
  readonly attack_run?: string;
  readonly goal?: string;
  readonly score?: number;
  readonly prompt?: string;
  readonly compliance_tags?: Readonly<Record<string, string | readonly string[]>>;
}

describe('the demo campaign', () => {
  const text = demoCampaign();
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  const runs = rows.filter(({ type }) => type === 'attack_run');

  it('is the committed file, byte for byte', () => {
    expect(readFileSync(join(__dirname, 'campaign.ndjson'), 'utf8')).toBe(text);
  });

  it('asks for at least sixty different things in about 180 runs', () => {
    expect(runs.length).toBeGreaterThan(170);
    expect(new Set(runs.map(({ goal }) => goal)).size).toBeGreaterThanOrEqual(60);
  });

  it('has an attack success rate near 18 percent, with partial and unassessed runs', () => {
    const best = runs.map(({ id }) =>
      Math.max(-1, ...rows.filter((row) => row.attack_run === id).map(({ score }) => score ?? -1)),
    );
    const succeeded = best.filter((score) => score >= 0.5).length;
    const assessed = best.filter((score) => score >= 0).length;
    expect(succeeded / assessed).toBeCloseTo(0.18, 2);
    expect(best.filter((score) => score >= 0.3 && score < 0.5).length).toBeGreaterThan(10);
    expect(best.filter((score) => score === -1).length).toBeGreaterThan(3);
  });

  it('smuggles instructions in real Unicode tag characters', () => {
    expect(rows.some(({ prompt }) => /[\u{E0020}-\u{E007E}]{20}/u.test(prompt ?? ''))).toBe(true);
  });

  it('tags all five frameworks', () => {
    const used = new Set(
      runs.flatMap(({ compliance_tags: tags }) =>
        Object.entries(tags ?? {}).flatMap(([key, items]) => (items.length > 0 ? [key] : [])),
      ),
    );
    expect([...used].sort()).toEqual([
      'atlas_techniques',
      'nist_ai_rmf_function',
      'owasp_agentic_categories',
      'owasp_categories',
      'saif_categories',
    ]);
  });
});
