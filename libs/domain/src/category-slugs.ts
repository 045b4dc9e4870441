import { goalCategories, uncategorised } from './vocabulary.ts';

/**
 * One vocabulary of categories over all tools, so that findings of different sources add up: the goal categories of the
 * SDK and those that they lack. The source's own word is kept as sub-category.
 */
export const categorySlugs = [
  ...goalCategories,
  'access_control',
  'code_injection',
  'data_poisoning',
  'excessive_agency',
  'hate_unfairness',
  'illegal_activity',
  'indirect_prompt_injection',
  'malicious_code',
  'memory_poisoning',
  'misinformation',
  'model_extraction',
  'output_handling',
  'prompt_injection',
  'self_harm',
  'sexual_content',
  'training_data_leak',
  'violence',
] as const;

/** Any text as a slug: `harmful:self-harm` gives `harmful_self_harm`. Empty when nothing of it is a letter or digit. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** `garak.probes.dan.Dan_11_0` is `dan.Dan_11_0`. */
export function garakProbeName(probe: string): string {
  return probe.replace(/^(?:garak\.)?probes\./, '');
}

/** The family of `dan.Dan_11_0` is `dan`. */
export function garakFamily(probe: string): string {
  return garakProbeName(probe).split('.')[0] ?? '';
}

/** Category of a garak probe: by its family, for a family that we do not know its own name. */
export function garakCategory(probe: string): string {
  const family = garakFamily(probe);
  return own(garakFamilies, family) ?? orUncategorised(slugOf(family));
}

/** Category of an intent that garak's fork tries through any probe: only where the intent's own text names it in plain words. */
export function garakIntentCategory(text: string): string | undefined {
  return garakIntents.find(([words]) => words.test(text))?.[1];
}

const garakIntents: readonly (readonly [RegExp, string])[] = [
  [/\bself[- ]harm\b|\bsuicide\b/i, 'self_harm'],
  [/\bhate speech\b/i, 'hate_unfairness'],
];

const garakFamilies: Readonly<Record<string, string>> = {
  adaptive_attacks: 'jailbreak_general',
  agent_breaker: 'tool_misuse',
  ansiescape: 'output_handling',
  apikey: 'credential_leak',
  atkgen: 'harmful_content',
  audio: 'jailbreak_general',
  av_spam_scanning: 'content_policy',
  badchars: 'prompt_injection',
  base: 'harmful_content',
  continuation: 'hate_unfairness',
  dan: 'jailbreak_general',
  divergence: 'training_data_leak',
  doctor: 'jailbreak_general',
  donotanswer: 'harmful_content',
  dra: 'jailbreak_general',
  encoding: 'prompt_injection',
  exploitation: 'code_injection',
  fileformats: 'supply_chain',
  fitd: 'multi_turn_escalation',
  glitch: 'reasoning_exploitation',
  goat: 'multi_turn_escalation',
  goodside: 'prompt_injection',
  grandma: 'jailbreak_general',
  latentinjection: 'indirect_prompt_injection',
  leakreplay: 'training_data_leak',
  lmrc: 'harmful_content',
  malwaregen: 'malicious_code',
  misleading: 'misinformation',
  packagehallucination: 'supply_chain',
  phrasing: 'refusal_bypass',
  promptinject: 'prompt_injection',
  propile: 'pii_extraction',
  realtoxicityprompts: 'harmful_content',
  replay: 'training_data_leak',
  sata: 'jailbreak_general',
  smuggling: 'jailbreak_general',
  snowball: 'misinformation',
  spo: 'jailbreak_general',
  suffix: 'jailbreak_general',
  sysprompt_extraction: 'system_prompt_leak',
  tap: 'jailbreak_general',
  topic: 'content_policy',
  visual_jailbreak: 'jailbreak_general',
  web_injection: 'output_handling',
  xss: 'output_handling',
};

/** Category of a promptfoo plugin, else of the harm category that stands beside it. */
export function promptfooCategory(pluginId: string | undefined, harmCategory?: string): string {
  if (pluginId === undefined) return orUncategorised(slugOf(harmCategory ?? ''));
  return longestPrefix(promptfooPlugins, pluginId) ?? orUncategorised(slugOf(pluginId));
}

/** A key stands for itself and for everything below it: `pii` for `pii:direct`. */
const promptfooPlugins: Readonly<Record<string, string>> = {
  'agentic:memory-poisoning': 'memory_poisoning',
  'ascii-smuggling': 'prompt_injection',
  beavertails: 'harmful_content',
  bfla: 'access_control',
  bias: 'bias_fairness',
  bola: 'access_control',
  bopla: 'access_control',
  cca: 'prompt_injection',
  competitors: 'content_policy',
  contracts: 'excessive_agency',
  coppa: 'pii_extraction',
  'cross-session-leak': 'pii_extraction',
  cyberseceval: 'prompt_injection',
  'debug-access': 'access_control',
  'divergent-repetition': 'training_data_leak',
  donotanswer: 'harmful_content',
  'excessive-agency': 'excessive_agency',
  ferpa: 'pii_extraction',
  hallucination: 'misinformation',
  harmbench: 'harmful_content',
  harmful: 'harmful_content',
  'harmful:cybercrime': 'malicious_code',
  'harmful:harassment-bullying': 'hate_unfairness',
  'harmful:hate': 'hate_unfairness',
  'harmful:illegal-activities': 'illegal_activity',
  'harmful:illegal-drugs': 'illegal_activity',
  'harmful:misinformation-disinformation': 'misinformation',
  'harmful:non-violent-crime': 'illegal_activity',
  'harmful:privacy': 'pii_extraction',
  'harmful:radicalization': 'violence',
  'harmful:self-harm': 'self_harm',
  'harmful:sex-crime': 'sexual_content',
  'harmful:sexual-content': 'sexual_content',
  'harmful:specialized-advice': 'misinformation',
  'harmful:violent-crime': 'violence',
  hijacking: 'tool_misuse',
  imitation: 'content_policy',
  'indirect-prompt-injection': 'indirect_prompt_injection',
  mcp: 'tool_misuse',
  'model-identification': 'model_extraction',
  'off-topic': 'content_policy',
  overreliance: 'misinformation',
  pii: 'pii_extraction',
  pliny: 'jailbreak_general',
  politics: 'content_policy',
  policy: 'content_policy',
  'prompt-extraction': 'system_prompt_leak',
  'rag-document-exfiltration': 'pii_extraction',
  'rag-poisoning': 'data_poisoning',
  rbac: 'access_control',
  'reasoning-dos': 'resource_exhaustion',
  religion: 'content_policy',
  'resource-consumption': 'resource_exhaustion',
  'shell-injection': 'code_injection',
  'sql-injection': 'code_injection',
  ssrf: 'code_injection',
  'system-prompt-override': 'prompt_injection',
  'tool-discovery': 'tool_misuse',
  'toxic-chat': 'harmful_content',
  'unrestricted-access': 'access_control',
  xstest: 'content_policy',
};

/** Category of a risk category of Microsoft's agent. */
export function azureCategory(riskCategory: string | undefined): string {
  const slug = slugOf(riskCategory ?? '');
  return own(azureRisks, slug) ?? orUncategorised(slug);
}

const azureRisks: Readonly<Record<string, string>> = {
  code_vulnerability: 'malicious_code',
  hate_unfairness: 'hate_unfairness',
  indirect_attack: 'indirect_prompt_injection',
  prohibited_actions: 'excessive_agency',
  protected_material: 'content_policy',
  self_harm: 'self_harm',
  sensitive_data_leakage: 'pii_extraction',
  sexual: 'sexual_content',
  task_adherence: 'excessive_agency',
  ungrounded_attributes: 'bias_fairness',
  violence: 'violence',
};

function orUncategorised(slug: string): string {
  return slug === '' ? uncategorised : slug;
}

/** A name from a file may be `constructor`: only the table's own keys count. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The entry of the name itself or of the nearest name above it (`harmful:cybercrime` for `harmful:cybercrime:malicious-code`). */
export function longestPrefix<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  const parts = name.split(':');
  for (let length = parts.length; length > 0; length -= 1) {
    const entry = own(table, parts.slice(0, length).join(':'));
    if (entry !== undefined) return entry;
  }
  return undefined;
}
