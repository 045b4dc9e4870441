import { normaliseGarakTags, type Compliance } from '#domain';

/** Tags that every probe of a garak family carries, by OWASP's list of 2023, as garak writes them. */
const familyTags: Readonly<Record<string, readonly string[]>> = {
  adaptive_attacks: ['01'],
  agent_breaker: ['01', '07', '08'],
  ansiescape: ['05'],
  av_spam_scanning: ['02'],
  continuation: ['01'],
  dan: ['01'],
  doctor: ['01'],
  dra: ['01'],
  encoding: ['01'],
  exploitation: ['02', '06'],
  fileformats: ['05'],
  fitd: ['01', '02', '05'],
  glitch: ['05'],
  goat: ['01', '09'],
  latentinjection: ['01'],
  leakreplay: ['06', '10'],
  misleading: ['09'],
  packagehallucination: ['02', '09'],
  phrasing: ['01'],
  promptinject: ['01'],
  propile: ['06'],
  sata: ['01'],
  snowball: ['09'],
  sysprompt_extraction: ['01'],
  topic: ['10'],
  visual_jailbreak: ['01'],
  web_injection: ['02', '06'],
  xss: ['02', '06'],
};

/** A hit log holds no digest, so the tags come from the probe's family; undefined for a family without common tags. */
export function hitCompliance(family: string): Compliance | undefined {
  const tags = Object.hasOwn(familyTags, family) ? familyTags[family] : undefined;
  return tags === undefined ? undefined : normaliseGarakTags(tags.map((number) => `owasp:llm${number}`));
}
