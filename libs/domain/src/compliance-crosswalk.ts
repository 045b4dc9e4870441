import { frameworks, type FrameworkKey } from './frameworks.ts';

/** Item ids of the frameworks that a run bears on; in the order of the framework, each once. */
export type Compliance = Readonly<Partial<Record<FrameworkKey, readonly string[]>>>;

interface NormalisedTags {
  readonly compliance: Compliance;
  /** Tags that name no item of a framework we know: the caller warns of them. */
  readonly unknown: readonly string[];
}

/**
 * Tags as runs carry them: the SDK's map (`owasp_categories: [...]`), the map of our own export (framework keys), or the
 * list of the bundled goals (`owasp_llm:LLM01`). A sub-technique of ATLAS counts for itself and for its parent.
 */
export function normaliseTags(tags: unknown): NormalisedTags {
  const found = new FoundItems();
  if (Array.isArray(tags)) for (const tag of tags as unknown[]) found.addTag(tag);
  else if (typeof tags === 'object' && tags !== null) {
    for (const [key, value] of Object.entries(tags)) {
      for (const tag of Array.isArray(value) ? (value as unknown[]) : [value]) found.addUnder(key, tag);
    }
  }
  return found.normalised();
}

/** garak's probe tags. Its OWASP list is that of 2023; AVID, risk-card and quality tags name no item. */
export function normaliseGarakTags(tags: readonly string[]): Compliance {
  const found = new FoundItems();
  for (const tag of tags) {
    const [, year2023] = /^owasp:llm(\d\d)(?::2023)?$/i.exec(tag) ?? [];
    const item = year2023 === undefined ? undefined : owaspLlm2023To2025[year2023];
    if (item !== undefined) found.add('owasp_llm_top_10', item);
  }
  return found.normalised().compliance;
}

/** 2023 to 2025. Model theft (10) left the list. */
const owaspLlm2023To2025: Readonly<Record<string, string>> = {
  '01': 'LLM01',
  '02': 'LLM05',
  '03': 'LLM04',
  '04': 'LLM10',
  '05': 'LLM03',
  '06': 'LLM02',
  '07': 'LLM06',
  '08': 'LLM06',
  '09': 'LLM09',
};

/** Items that a category of attack bears on, for sources that tag nothing themselves. Empty if none. */
export function complianceOfCategory(category: string): Compliance {
  return Object.hasOwn(crosswalk, category) ? (crosswalk[category]?.items ?? {}) : {};
}

/** The same, and what the way of attacking adds: a harmful request in plain words is no jailbreak, through a jailbreak it is. */
export function complianceOfAttack(category: string, attack: string): Compliance {
  const way = attackWays.find(({ names }) => names.test(attack))?.as;
  const added = way === undefined ? {} : complianceOfCategory(way);
  const found = new FoundItems();
  for (const items of [complianceOfCategory(category), added]) {
    for (const { key } of frameworks) for (const item of items[key] ?? []) found.add(key, item);
  }
  return found.normalised().compliance;
}

/** Strategies of promptfoo and techniques of Azure's agent that are an attack on the instructions themselves, whatever is asked for. */
const attackWays: readonly { readonly names: RegExp; readonly as: string }[] = [
  { names: /^(?:indirect[-_]|xpia\b)/i, as: 'indirect_prompt_injection' },
  { names: /^prompt[-_]injection\b/i, as: 'prompt_injection' },
  {
    names: /^(?:jailbreak|upia\b|crescendo|multi[-_]?turn|goat|gcg|best[-_]of[-_]n|likert|dan\b|pair\b|tap\b)/i,
    as: 'jailbreak_general',
  },
];

interface Mapping {
  readonly items: Compliance;
  /** Why these and no others, by the text of the lists: OWASP LLM 2025, OWASP Agentic 2026, ATLAS 5.1.0, NIST AI RMF 1.0. */
  readonly because: string;
}

const jailbreak: Compliance = {
  owasp_llm_top_10: ['LLM01'],
  mitre_atlas: ['AML.T0054'],
  nist_ai_rmf: ['MEASURE'],
  google_saif: ['INPUT_MANIPULATION'],
};
const injection: Compliance = { ...jailbreak, mitre_atlas: ['AML.T0051'] };
const measured: Compliance = { nist_ai_rmf: ['MEASURE'] };
const leak: Compliance = {
  owasp_llm_top_10: ['LLM02'],
  mitre_atlas: ['AML.T0057'],
  nist_ai_rmf: ['MEASURE'],
  google_saif: ['PRIVACY_LEAKAGE'],
};

const isJailbreak = 'LLM01:2025 counts jailbreaks as prompt injection; AML.T0054 is the jailbreak itself';
const isContent =
  'unwanted content is no item of the security lists, however it was asked for; its test is MEASURE 2.6 (safety)';
const isLeak = 'LLM02:2025 names it; AML.T0057 is leakage through answers, and needs no inverted or queried-out model';

/** What each category means in the lists, and no more. A category that is not here is in none of them. */
export const crosswalk: Readonly<Record<string, Mapping>> = {
  jailbreak_general: { items: jailbreak, because: isJailbreak },
  refusal_bypass: { items: jailbreak, because: isJailbreak },
  multi_turn_escalation: { items: jailbreak, because: `${isJailbreak}, over several turns` },
  prompt_injection: { items: injection, because: 'LLM01:2025 and AML.T0051 by name' },
  indirect_prompt_injection: {
    items: { ...injection, mitre_atlas: ['AML.T0051', 'AML.T0051.001'] },
    because: 'LLM01:2025 (indirect) and AML.T0051.001 by name; content that a model reads is no supply chain of LLM03',
  },
  harmful_content: { items: measured, because: isContent },
  content_policy: { items: measured, because: isContent },
  violence: { items: measured, because: isContent },
  sexual_content: { items: measured, because: isContent },
  self_harm: { items: measured, because: isContent },
  illegal_activity: { items: measured, because: isContent },
  malicious_code: { items: measured, because: isContent },
  hate_unfairness: { items: measured, because: 'as other content; fairness and bias are MEASURE 2.11' },
  bias_fairness: { items: measured, because: 'fairness and bias are MEASURE 2.11' },
  tool_misuse: {
    items: { owasp_llm_top_10: ['LLM06'], owasp_agentic_top_10: ['ASI02'], mitre_atlas: ['AML.T0053'] },
    because: 'LLM06:2025 (excessive functionality), ASI02 by name, AML.T0053: a tool called for the attacker',
  },
  excessive_agency: { items: { owasp_llm_top_10: ['LLM06'] }, because: 'LLM06:2025 by name' },
  access_control: {
    items: { owasp_llm_top_10: ['LLM06'], owasp_agentic_top_10: ['ASI03'] },
    because: 'LLM06:2025 (excessive permissions) and ASI03 (privilege abuse)',
  },
  code_injection: {
    items: { owasp_llm_top_10: ['LLM05'], owasp_agentic_top_10: ['ASI05'] },
    because: 'LLM05:2025 names SQL injection, SSRF and execution of output; ASI05 is execution by an agent',
  },
  output_handling: {
    items: { owasp_llm_top_10: ['LLM05'], google_saif: ['OUTPUT_MANIPULATION'] },
    because: 'LLM05:2025 by name',
  },
  pii_extraction: { items: leak, because: isLeak },
  credential_leak: { items: leak, because: isLeak },
  training_data_leak: { items: leak, because: isLeak },
  system_prompt_leak: {
    items: { owasp_llm_top_10: ['LLM07'], mitre_atlas: ['AML.T0056'], google_saif: ['PRIVACY_LEAKAGE'] },
    because: 'LLM07:2025 and AML.T0056 by name',
  },
  model_extraction: {
    items: { mitre_atlas: ['AML.T0024'], google_saif: ['MODEL_THEFT'] },
    because: 'AML.T0024 is what leaves by the inference API; model theft left the OWASP list in 2025',
  },
  resource_exhaustion: {
    items: { owasp_llm_top_10: ['LLM10'], mitre_atlas: ['AML.T0029'], google_saif: ['AVAILABILITY_ATTACKS'] },
    because: 'LLM10:2025 and AML.T0029 by name',
  },
  data_poisoning: {
    items: { owasp_llm_top_10: ['LLM04'], google_saif: ['DATA_POISONING'] },
    because: 'LLM04:2025 by name; whether training or retrieved data, AML.T0020 among them, the category does not say',
  },
  memory_poisoning: {
    items: { owasp_agentic_top_10: ['ASI06'], google_saif: ['DATA_POISONING'] },
    because: 'ASI06 by name; a memory is no training or embedding data of LLM04',
  },
  supply_chain: {
    items: { owasp_llm_top_10: ['LLM03'], mitre_atlas: ['AML.T0010'], google_saif: ['SUPPLY_CHAIN_COMPROMISE'] },
    because: 'LLM03:2025 and AML.T0010 by name',
  },
  misinformation: {
    items: { owasp_llm_top_10: ['LLM09'], google_saif: ['OUTPUT_MANIPULATION'] },
    because: 'LLM09:2025 by name',
  },
};

type Normaliser = (tag: string) => string | undefined;

const normalisers: Readonly<Record<FrameworkKey, Normaliser>> = {
  owasp_llm_top_10: (tag) => {
    const [, number] = /^LLM[-_ ]?(\d{1,2})(?:[:_-]?2025)?(?:\b.*)?$/i.exec(tag) ?? [];
    return number === undefined ? undefined : within('owasp_llm_top_10', `LLM${number.padStart(2, '0')}`);
  },
  owasp_agentic_top_10: (tag) => {
    const slug = tag.toLowerCase();
    if (legacyAgenticSlugs.has(slug)) return undefined;
    const [, number] = /^(?:agentic_)?asi[-_ ]?(\d{1,2})(?:[^0-9].*)?$/.exec(slug) ?? [];
    return number === undefined ? undefined : within('owasp_agentic_top_10', `ASI${number.padStart(2, '0')}`);
  },
  mitre_atlas: (tag) => /^AML\.T\d{4}(?:\.\d{3})?$/.exec(tag.toUpperCase())?.[0],
  nist_ai_rmf: (tag) => {
    const [, prefix] = /^(govern|map|measure|manage|GV|MP|MS|MG)(?:[-_ :.]|$)/i.exec(tag) ?? [];
    return prefix === undefined ? undefined : nistFunctions[prefix.toUpperCase()];
  },
  google_saif: (tag) => within('google_saif', tag.toUpperCase().replace(/[-\s]/g, '_')),
};

/** Kept by the SDK for old tags only; they number another list and are no items of the ten. */
const legacyAgenticSlugs = new Set(['agentic_asi04_data_handling', 'agentic_asi05_output_handling']);

const nistFunctions: Readonly<Record<string, string>> = {
  GOVERN: 'GOVERN',
  MAP: 'MAP',
  MEASURE: 'MEASURE',
  MANAGE: 'MANAGE',
  GV: 'GOVERN',
  MP: 'MAP',
  MS: 'MEASURE',
  MG: 'MANAGE',
};

/** Keys of the SDK's map, prefixes of the goals' list and our own keys, by framework. */
const spellings: Readonly<Record<string, FrameworkKey>> = {
  owasp_categories: 'owasp_llm_top_10',
  owasp_llm: 'owasp_llm_top_10',
  owasp_llm_top_10: 'owasp_llm_top_10',
  owasp_agentic_categories: 'owasp_agentic_top_10',
  owasp_agentic: 'owasp_agentic_top_10',
  owasp_asi: 'owasp_agentic_top_10',
  owasp_agentic_top_10: 'owasp_agentic_top_10',
  atlas_techniques: 'mitre_atlas',
  atlas: 'mitre_atlas',
  mitre_atlas: 'mitre_atlas',
  nist_ai_rmf_function: 'nist_ai_rmf',
  nist_ai_rmf_subcategory: 'nist_ai_rmf',
  nist: 'nist_ai_rmf',
  nist_ai_rmf: 'nist_ai_rmf',
  saif_categories: 'google_saif',
  saif: 'google_saif',
  google_saif: 'google_saif',
};

const positions = new Map(frameworks.map(({ key, items }) => [key, new Map(items.map(({ id }, at) => [id, at]))]));

function within(framework: FrameworkKey, id: string): string | undefined {
  return positions.get(framework)?.has(id) === true ? id : undefined;
}

class FoundItems {
  private readonly items = new Map<FrameworkKey, Set<string>>();
  private readonly unknown = new Set<string>();

  add(framework: FrameworkKey, item: string): void {
    const items = this.items.get(framework) ?? new Set<string>();
    this.items.set(framework, items.add(item));
    const parent = framework === 'mitre_atlas' ? /^(AML\.T\d{4})\.\d{3}$/.exec(item)?.[1] : undefined;
    if (parent !== undefined) items.add(parent);
  }

  /** `owasp_llm:LLM01`, or a bare id that tells its framework by itself. */
  addTag(tag: unknown): void {
    if (typeof tag !== 'string') return;
    const colon = tag.indexOf(':');
    const framework = colon === -1 ? undefined : spellings[tag.slice(0, colon).toLowerCase()];
    if (framework !== undefined) {
      this.addTo(framework, tag.slice(colon + 1).trim(), tag);
      return;
    }
    for (const key of frameworks.map((each) => each.key)) {
      const item = normalisers[key](tag.trim());
      if (item !== undefined) {
        this.add(key, item);
        return;
      }
    }
    if (!isLegacy(tag)) this.unknown.add(tag);
  }

  addUnder(key: string, tag: unknown): void {
    if (typeof tag !== 'string' || tag === '') return;
    const framework = spellings[key];
    if (framework === undefined) this.unknown.add(`${key}: ${tag}`);
    else
      this.addTo(
        framework,
        tag.includes(':') ? tag.slice(tag.startsWith('LLM') ? 0 : tag.indexOf(':') + 1) : tag,
        `${key}: ${tag}`,
      );
  }

  normalised(): NormalisedTags {
    const compliance: Partial<Record<FrameworkKey, readonly string[]>> = {};
    for (const { key } of frameworks) {
      const items = this.items.get(key);
      if (items !== undefined) compliance[key] = [...items].sort((a, b) => inOrder(key, a, b));
    }
    return { compliance, unknown: [...this.unknown] };
  }

  private addTo(framework: FrameworkKey, tag: string, asWritten: string): void {
    const item = normalisers[framework](tag);
    if (item !== undefined) this.add(framework, item);
    else if (!isLegacy(tag)) this.unknown.add(asWritten);
  }
}

function isLegacy(tag: string): boolean {
  return legacyAgenticSlugs.has(tag.toLowerCase());
}

function inOrder(framework: FrameworkKey, a: string, b: string): number {
  const order = positions.get(framework);
  const [first, second] = [order?.get(a) ?? Infinity, order?.get(b) ?? Infinity];
  if (first !== second) return first < second ? -1 : 1;
  return a < b ? -1 : 1;
}
