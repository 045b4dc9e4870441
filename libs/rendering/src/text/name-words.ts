/** Signs that end a word of a name. */
const softBreaks = new Uint8Array(0x80);
for (const sign of '-_/.,;:|\\)]}>=&?') softBreaks[sign.charCodeAt(0)] = 1;

/** Whether a name may end its line behind this character. */
export const isSoftBreak = (code: number): boolean => code < 0x80 && softBreaks[code] === 1;

const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isSmall = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Whether a word of a name begins with the second character: `Intent|User`, `Base64|Decode`, `SPO|Intent`. */
export const beginsWord = (before: number, code: number, after: number): boolean =>
  isCapital(code) && (isSmall(before) || isDigit(before) || (isCapital(before) && isSmall(after)));

/** What of a text no line end parts while there is another place for one: its words, and those of its names. */
export function unbrokenParts(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 1; at < text.length; at++) {
    const [before, code] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
    if (
      before === 0x20 ||
      (isSoftBreak(before) && code !== 0x20 && !isSoftBreak(code)) ||
      beginsWord(before, code, text.charCodeAt(at + 1))
    ) {
      parts.push(text.slice(from, at));
      from = at;
    }
  }
  return [...parts, text.slice(from)];
}
