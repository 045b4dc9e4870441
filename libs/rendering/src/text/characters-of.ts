/** The code points of a text, one by one: what the gate judges and a page prints. */
export const charactersOf = (text: string): string[] => Array.from(text);

/** The first so many code points of a text, or all of it. */
export function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  let end = 0;
  for (let left = count; left > 0 && end < text.length; left--) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}
