import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { normaliseGarakTags } from './compliance-crosswalk.ts';
import { garakProbeTags } from './garak-probe-tags.ts';

describe("garak's tags of its own probes", () => {
  it('are those of the probe, with the release whose table says so', () => {
    expect(garakProbeTags('dan.Dan_11_0', '0.14.0')).toEqual({
      compliance: { owasp_llm_top_10: ['LLM01'] },
      table: 'garak 0.14.0',
    });
    expect(garakProbeTags('probes.ansiescape.AnsiRaw')?.compliance).toEqual({
      owasp_llm_top_10: ['LLM01', 'LLM03', 'LLM05'],
    });
    expect(garakProbeTags('grandma.Win10', '0.16.1.pre1')?.compliance).toEqual({ owasp_llm_top_10: ['LLM02'] });
  });

  it('are those that all of its family carry for a probe that came later', () => {
    expect(garakProbeTags('ansiescape.New')?.compliance).toEqual({ owasp_llm_top_10: ['LLM03'] });
    expect(garakProbeTags('encoding.New', '0.99')).toEqual({
      compliance: { owasp_llm_top_10: ['LLM01'] },
      table: 'garak 0.16.1.pre1',
    });
  });

  it('are none where garak says none: of some probes, of forks, and before 0.9.0.10', () => {
    for (const probe of [
      'grandma.Slurs',
      'smuggling.FunctionMasking',
      'spo.SPOIntent',
      'base.IntentProbe',
      '__proto__.x',
    ]) {
      expect(garakProbeTags(probe)).toBeUndefined();
    }
    expect(garakProbeTags('dan.Dan_11_0', '0.9.0.7')).toBeUndefined();
    expect(garakProbeTags('dan.Dan_11_0', '0.9.0.10')).toBeDefined();
  });
});

const samples = process.env['AIRT_SAMPLES_DIR'];
const path = join(samples ?? '', '..', 'garak-probes.json');
const present = samples !== undefined && existsSync(path);
if (!present) console.warn('SKIPPED: facts of all garak probes (garak-probe-tags.spec.ts): set AIRT_SAMPLES_DIR');

(present ? describe : describe.skip)('the facts of all probes of nineteen releases', () => {
  const facts = present ? (JSON.parse(readFileSync(path, 'utf8')) as Facts) : { probes: {} };

  it('are what the table says', () => {
    const wrong = Object.entries(facts.probes).flatMap(([probe, { tags, since, until, was }]) => {
      const untagged = [undefined, '0.9.0.4', '0.9.0.7'].includes(since) && [
        { version: '0.9.0.7', own: was?.findLast((earlier) => early.has(earlier.since))?.tags ?? tags },
      ];
      const tagged = !early.has(until ?? '') && [{ version: until ?? '0.16.1.pre1', own: tags }];
      return [...(untagged || []), ...(tagged || [])]
        .map(({ version, own }) => ({ probe, version, own, told: garakProbeTags(probe, version)?.compliance ?? {} }))
        .filter(({ told, own }) => JSON.stringify(told) !== JSON.stringify(normaliseGarakTags(own)));
    });
    expect(wrong).toEqual([]);
    expect(Object.keys(facts.probes).length).toBeGreaterThan(200);
  });
});

const early: ReadonlySet<string> = new Set(['0.9.0.4', '0.9.0.7']);

interface Facts {
  readonly probes: Readonly<
    Record<
      string,
      {
        readonly tags: readonly string[];
        readonly since?: string;
        readonly until?: string;
        readonly was?: readonly { readonly since: string; readonly tags: readonly string[] }[];
      }
    >
  >;
}
