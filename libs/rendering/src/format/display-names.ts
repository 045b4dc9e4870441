import { capitalised } from './numbers.ts';

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

/** `crescendo with persona and base64`. */
export function attackInWords(attack: string, transforms: readonly string[]): string {
  if (transforms.length === 0) return attack;
  const last = transforms.at(-1) ?? '';
  const list = transforms.length === 1 ? last : `${transforms.slice(0, -1).join(', ')} and ${last}`;
  return `${attack} with ${list}`;
}
