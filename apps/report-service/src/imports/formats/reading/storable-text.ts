/** PostgreSQL refuses both in text and jsonb. With the u flag a surrogate matches only when it stands alone. */
const unstorable = /[\0\p{Surrogate}]/gu;

/** Writes NUL and lone surrogates as visible escapes (`\u{0}`), so that evidence is neither refused nor dropped. */
export function storableText(text: string, onEscape: (count: number) => void): string {
  let count = 0;
  const storable = text.replace(unstorable, (character) => {
    count += 1;
    return `\\u{${character.charCodeAt(0).toString(16)}}`;
  });
  if (count > 0) onEscape(count);
  return storable;
}
