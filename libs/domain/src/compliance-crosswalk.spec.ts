import { categorySlugs } from './category-slugs.ts';
import {
  complianceOfAttack,
  complianceOfCategory,
  crosswalk,
  normaliseGarakTags,
  normaliseTags,
} from './compliance-crosswalk.ts';
import { frameworks } from './frameworks.ts';

describe('compliance crosswalk', () => {
  it('reads the map that the SDK writes', () => {
    const tags = {
      owasp_categories: ['LLM02:2025', 'LLM01'],
      owasp_agentic_categories: ['agentic_asi02_tool_misuse'],
      atlas_techniques: ['AML.T0054'],
      saif_categories: ['input_manipulation'],
      nist_ai_rmf_function: 'MEASURE',
      nist_ai_rmf_subcategory: 'MS-2.7',
    };
    expect(normaliseTags(tags)).toEqual({
      compliance: {
        owasp_llm_top_10: ['LLM01', 'LLM02'],
        owasp_agentic_top_10: ['ASI02'],
        mitre_atlas: ['AML.T0054'],
        nist_ai_rmf: ['MEASURE'],
        google_saif: ['INPUT_MANIPULATION'],
      },
      unknown: [],
    });
  });

  it('reads the list of prefixed ids that the bundled goals use', () => {
    expect(
      normaliseTags(['owasp_llm:LLM01', 'owasp_asi:ASI02', 'mitre_atlas:AML.T0051', 'nist_ai_rmf:MEASURE_2.7'])
        .compliance,
    ).toEqual({
      owasp_llm_top_10: ['LLM01'],
      owasp_agentic_top_10: ['ASI02'],
      mitre_atlas: ['AML.T0051'],
      nist_ai_rmf: ['MEASURE'],
    });
  });

  it('reads its own output again without a change', () => {
    const { compliance } = normaliseTags({ atlas_techniques: ['AML.T0051.001'], owasp_categories: ['LLM10'] });
    expect(normaliseTags(compliance)).toEqual({ compliance, unknown: [] });
  });

  it('counts a sub-technique for itself and for its parent', () => {
    expect(normaliseTags(['mitre_atlas:AML.T0051.000']).compliance).toEqual({
      mitre_atlas: ['AML.T0051', 'AML.T0051.000'],
    });
  });

  it('keeps an ATLAS id that it has no name for', () => {
    expect(normaliseTags(['mitre_atlas:AML.T0099']).compliance).toEqual({ mitre_atlas: ['AML.T0099'] });
  });

  it('leaves the legacy agentic slugs out of the ten, silently', () => {
    expect(
      normaliseTags({ owasp_agentic_categories: ['agentic_asi04_data_handling', 'agentic_asi05_output_handling'] }),
    ).toEqual({ compliance: {}, unknown: [] });
  });

  it('names tags of no framework that it knows', () => {
    expect(normaliseTags({ owasp_categories: ['LLM11'], house_rules: ['7'] })).toEqual({
      compliance: {},
      unknown: ['owasp_categories: LLM11', 'house_rules: 7'],
    });
  });

  it.each([
    ['01', 'LLM01'],
    ['02', 'LLM05'],
    ['03', 'LLM04'],
    ['04', 'LLM10'],
    ['05', 'LLM03'],
    ['06', 'LLM02'],
    ['07', 'LLM06'],
    ['08', 'LLM06'],
    ['09', 'LLM09'],
  ])('takes OWASP %s of 2023 to %s of 2025', (from, to) => {
    expect(normaliseGarakTags([`owasp:llm${from}`])).toEqual({ owasp_llm_top_10: [to] });
  });

  it('drops model theft, which left the list, and tags of other kinds', () => {
    expect(
      normaliseGarakTags([
        'owasp:llm10',
        'avid-effect:security:S0403',
        'quality:Security',
        'risk-cards:lmrc:profanity',
      ]),
    ).toEqual({});
  });

  it('gives categories only items that the frameworks have', () => {
    for (const category of categorySlugs) {
      for (const { key, items } of frameworks) {
        const ids = new Set(items.map(({ id }) => id));
        expect((complianceOfCategory(category)[key] ?? []).filter((id) => !ids.has(id))).toEqual([]);
      }
    }
    expect(complianceOfCategory('something else')).toEqual({});
    expect(complianceOfCategory('constructor')).toEqual({});
    for (const [category, { because }] of Object.entries(crosswalk)) {
      expect(categorySlugs).toContain(category);
      expect(because).not.toBe('');
    }
  });

  it.each([
    'hate_unfairness',
    'violence',
    'sexual_content',
    'self_harm',
    'illegal_activity',
    'malicious_code',
    'harmful_content',
  ])('takes %s in plain words for no prompt injection and no jailbreak', (category) => {
    expect(complianceOfCategory(category)).toEqual({ nist_ai_rmf: ['MEASURE'] });
    expect(complianceOfAttack(category, 'basic')).toEqual({ nist_ai_rmf: ['MEASURE'] });
  });

  it('takes a jailbreak for one, whatever it asks for', () => {
    const { owasp_llm_top_10, mitre_atlas } = complianceOfCategory('jailbreak_general');
    expect({ owasp_llm_top_10, mitre_atlas }).toEqual({ owasp_llm_top_10: ['LLM01'], mitre_atlas: ['AML.T0054'] });
    for (const attack of ['jailbreak', 'jailbreak:tree', 'crescendo', 'goat']) {
      expect(complianceOfAttack('violence', attack).mitre_atlas).toEqual(['AML.T0054']);
    }
    expect(complianceOfAttack('pii_extraction', 'prompt-injection')).toMatchObject({
      owasp_llm_top_10: ['LLM01', 'LLM02'],
      mitre_atlas: ['AML.T0051', 'AML.T0057'],
    });
    expect(complianceOfAttack('violence', 'base64')).toEqual({ nist_ai_rmf: ['MEASURE'] });
  });

  it('takes no chatbot that names customers for an inverted model', () => {
    expect(complianceOfCategory('pii_extraction').mitre_atlas).toEqual(['AML.T0057']);
  });
});
