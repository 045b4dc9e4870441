import { characterKind, escapeOf } from './hidden-characters.ts';

/** For places that take bare strings (bookmarks, document title): what does not print stands as its code point. */
export function escapeHidden(text: string, longest = 120): string {
  let escaped = '';
  for (const character of text.replace(/\s+/g, ' ').slice(0, longest)) {
    const codePoint = character.codePointAt(0) ?? 0;
    escaped += characterKind(character, codePoint) === 'plain' ? character : escapeOf(codePoint);
  }
  return text.length > longest ? `${escaped}…` : escaped;
}
