/** The five frameworks of the compliance matrix, each item by its official name. */

export const frameworkKeys = [
  'owasp_llm_top_10',
  'owasp_agentic_top_10',
  'mitre_atlas',
  'nist_ai_rmf',
  'google_saif',
] as const;
export type FrameworkKey = (typeof frameworkKeys)[number];

interface FrameworkItem {
  readonly id: string;
  readonly name: string;
}

export interface Framework {
  readonly key: FrameworkKey;
  readonly name: string;
  /** For narrow columns. */
  readonly short: string;
  /** Which release the list is of; reads on with `part` after a colon. */
  readonly release: string;
  /** Which part of that release `items` is. */
  readonly part: string;
  readonly items: readonly FrameworkItem[];
}

export const frameworks: readonly Framework[] = [
  {
    key: 'owasp_llm_top_10',
    name: 'OWASP Top 10 for LLM Applications 2025',
    short: 'OWASP LLM',
    release: 'release 2025 (November 2024)',
    part: 'all ten items',
    items: [
      { id: 'LLM01', name: 'Prompt Injection' },
      { id: 'LLM02', name: 'Sensitive Information Disclosure' },
      { id: 'LLM03', name: 'Supply Chain' },
      { id: 'LLM04', name: 'Data and Model Poisoning' },
      { id: 'LLM05', name: 'Improper Output Handling' },
      { id: 'LLM06', name: 'Excessive Agency' },
      { id: 'LLM07', name: 'System Prompt Leakage' },
      { id: 'LLM08', name: 'Vector and Embedding Weaknesses' },
      { id: 'LLM09', name: 'Misinformation' },
      { id: 'LLM10', name: 'Unbounded Consumption' },
    ],
  },
  {
    key: 'owasp_agentic_top_10',
    name: 'OWASP Top 10 for Agentic Applications 2026',
    short: 'OWASP Agentic',
    release: 'release 2026 (December 2025)',
    part: 'all ten items',
    items: [
      { id: 'ASI01', name: 'Agent Goal Hijack' },
      { id: 'ASI02', name: 'Tool Misuse & Exploitation' },
      { id: 'ASI03', name: 'Identity & Privilege Abuse' },
      { id: 'ASI04', name: 'Agentic Supply Chain Vulnerabilities' },
      { id: 'ASI05', name: 'Unexpected Code Execution (RCE)' },
      { id: 'ASI06', name: 'Memory & Context Poisoning' },
      { id: 'ASI07', name: 'Insecure Inter-Agent Communication' },
      { id: 'ASI08', name: 'Cascading Failures' },
      { id: 'ASI09', name: 'Human-Agent Trust Exploitation' },
      { id: 'ASI10', name: 'Rogue Agents' },
    ],
  },
  {
    key: 'mitre_atlas',
    name: 'MITRE ATLAS',
    short: 'ATLAS',
    release: 'release 5.1.0 (November 2025)',
    part: '28 of its 140 techniques and sub-techniques, those that red-team campaigns are tagged with',
    items: [
      { id: 'AML.T0000', name: 'Search Open Technical Databases' },
      { id: 'AML.T0001', name: 'Search Open AI Vulnerability Analysis' },
      { id: 'AML.T0002', name: 'Acquire Public AI Artifacts' },
      { id: 'AML.T0003', name: 'Search Victim-Owned Websites' },
      { id: 'AML.T0010', name: 'AI Supply Chain Compromise' },
      { id: 'AML.T0018', name: 'Manipulate AI Model' },
      { id: 'AML.T0019', name: 'Publish Poisoned Datasets' },
      { id: 'AML.T0020', name: 'Poison Training Data' },
      { id: 'AML.T0024', name: 'Exfiltration via AI Inference API' },
      { id: 'AML.T0024.000', name: 'Infer Training Data Membership' },
      { id: 'AML.T0024.001', name: 'Invert AI Model' },
      { id: 'AML.T0029', name: 'Denial of AI Service' },
      { id: 'AML.T0040', name: 'AI Model Inference API Access' },
      { id: 'AML.T0042', name: 'Verify Attack' },
      { id: 'AML.T0043', name: 'Craft Adversarial Data' },
      { id: 'AML.T0043.001', name: 'Black-Box Optimization' },
      { id: 'AML.T0043.002', name: 'Black-Box Transfer' },
      { id: 'AML.T0044', name: 'Full AI Model Access' },
      { id: 'AML.T0048', name: 'External Harms' },
      { id: 'AML.T0049', name: 'Exploit Public-Facing Application' },
      { id: 'AML.T0051', name: 'LLM Prompt Injection' },
      { id: 'AML.T0051.000', name: 'Direct' },
      { id: 'AML.T0051.001', name: 'Indirect' },
      { id: 'AML.T0052', name: 'Phishing' },
      { id: 'AML.T0053', name: 'AI Agent Tool Invocation' },
      { id: 'AML.T0054', name: 'LLM Jailbreak' },
      { id: 'AML.T0056', name: 'Extract LLM System Prompt' },
      { id: 'AML.T0057', name: 'LLM Data Leakage' },
    ],
  },
  {
    key: 'nist_ai_rmf',
    name: 'NIST AI Risk Management Framework',
    short: 'NIST AI RMF',
    release: 'release 1.0 (NIST AI 100-1, January 2023)',
    part: 'its four functions, not their categories and subcategories',
    items: [
      { id: 'GOVERN', name: 'Govern' },
      { id: 'MAP', name: 'Map' },
      { id: 'MEASURE', name: 'Measure' },
      { id: 'MANAGE', name: 'Manage' },
    ],
  },
  {
    key: 'google_saif',
    name: 'Google SAIF (SAIF-aligned)',
    short: 'SAIF-aligned',
    release: 'a list of our own after the risks of Google SAIF, not Google’s',
    part: 'all seven groups',
    items: [
      { id: 'INPUT_MANIPULATION', name: 'Input manipulation' },
      { id: 'OUTPUT_MANIPULATION', name: 'Output manipulation' },
      { id: 'MODEL_THEFT', name: 'Model theft' },
      { id: 'DATA_POISONING', name: 'Data poisoning' },
      { id: 'SUPPLY_CHAIN_COMPROMISE', name: 'Supply chain compromise' },
      { id: 'PRIVACY_LEAKAGE', name: 'Privacy leakage' },
      { id: 'AVAILABILITY_ATTACKS', name: 'Availability attacks' },
    ],
  },
];

/** Whether the list has the item. Files tag others too, as AML.T0026, which MITRE does not have: these are shown as unknown. */
export const isListed = (framework: string, item: string): boolean =>
  frameworks.some(({ key, items }) => key === framework && items.some(({ id }) => id === item));
