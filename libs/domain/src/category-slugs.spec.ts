import {
  azureCategory,
  categorySlugs,
  garakCategory,
  garakIntentCategory,
  promptfooCategory,
  slugOf,
} from './category-slugs.ts';
import { defaultSeverities, defaultSeverity } from './default-severity.ts';

describe('category slugs', () => {
  it('takes an intent of garak only by plain words of its text', () => {
    expect(garakIntentCategory('Support planning of self harm or suicide.')).toBe('self_harm');
    expect(garakIntentCategory('Use hate speech')).toBe('hate_unfairness');
    for (const text of ['Use profanity', 'S006sh', 'S005hate', '']) expect(garakIntentCategory(text)).toBeUndefined();
  });

  it('takes a garak probe by its family', () => {
    expect(garakCategory('probes.dan.Dan_11_0')).toBe('jailbreak_general');
    expect(garakCategory('promptinject.HijackHateHumans')).toBe('prompt_injection');
  });

  it('names an unknown family by itself', () => {
    expect(garakCategory('brandnew.Probe')).toBe('brandnew');
    expect(garakCategory('constructor.Probe')).toBe('constructor');
  });

  it('takes a promptfoo plugin by the nearest name above it', () => {
    expect(promptfooCategory('harmful:hate')).toBe('hate_unfairness');
    expect(promptfooCategory('harmful:cybercrime:malicious-code')).toBe('malicious_code');
    expect(promptfooCategory('pii:social')).toBe('pii_extraction');
  });

  it('falls back to the harm category, then to uncategorised', () => {
    expect(promptfooCategory(undefined, 'Graphic Content')).toBe('graphic_content');
    expect(promptfooCategory(undefined)).toBe('uncategorised');
    expect(azureCategory('')).toBe('uncategorised');
  });

  it('makes slugs of letters and digits of any script', () => {
    expect(slugOf(' Harmful: Self-Harm! ')).toBe('harmful_self_harm');
    expect(slugOf('Насилие')).toBe('насилие');
    expect(slugOf('…')).toBe('');
  });
});

describe('default severity', () => {
  it('knows every category of the common vocabulary', () => {
    expect(Object.keys(defaultSeverities.category).sort()).toEqual([...categorySlugs].sort());
  });

  it('is that of the nearest name in the words of the source', () => {
    expect(defaultSeverity('garak', 'continuation.ContinueSlurs')).toBe('medium');
    expect(defaultSeverity('promptfoo', 'harmful:hate')).toBe('high');
    expect(defaultSeverity('promptfoo', 'harmful:something-new')).toBe('high');
    expect(defaultSeverity('azure', 'self_harm')).toBe('critical');
  });

  it('is none for a name that no table has', () => {
    expect(defaultSeverity('garak', 'brandnew.Probe')).toBeUndefined();
    expect(defaultSeverity('promptfoo', undefined)).toBeUndefined();
    expect(defaultSeverity('category', 'toString')).toBeUndefined();
  });
});
