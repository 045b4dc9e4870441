import { capitalised, listInWords } from './numbers.ts';

const acronyms: Readonly<Record<string, string>> = {
  pii: 'PII',
  llm: 'LLM',
  api: 'API',
  sql: 'SQL',
  rag: 'RAG',
  dan: 'DAN',
  xss: 'XSS',
};

/** `system_prompt_leak` → `System prompt leak`; names that are no slugs stay as they are. */
export function displayName(slug: string): string {
  if (!/^[a-z0-9]+(?:_[a-z0-9]+)*$/.test(slug)) return slug;
  return capitalised(
    slug
      .split('_')
      .map((word) => acronyms[word] ?? word)
      .join(' '),
  );
}

/** Attack and transforms by name. Some tools name an attack after its only transform: that is said once. */
export const attackWithTransforms = (attack: string, transforms: readonly string[]): readonly string[] => [
  attack,
  ...transforms.filter((transform) => transform !== attack),
];

/** `crescendo with persona and base64`. */
export function attackInWords(attack: string, transforms: readonly string[]): string {
  const [, ...others] = attackWithTransforms(attack, transforms);
  return others.length === 0 ? attack : `${attack} with ${listInWords(others)}`;
}
