import { formatCount } from '../format/numbers.ts';

const longestField = 20_000;
const headLength = 14_000;
const tailLength = 5_000;

interface ShortenedField {
  readonly head: string;
  /** Null when the field is printed whole. */
  readonly cut: { readonly omitted: number; readonly tail: string } | null;
}

/** A field that no reader would read whole prints its start and its end, with the count of what lies between. */
export function shortenField(text: string): ShortenedField {
  if (text.length <= longestField) return { head: text, cut: null };
  const head = text.slice(0, wholeCharacters(text, headLength));
  const tail = text.slice(wholeCharacters(text, text.length - tailLength));
  return { head, cut: { omitted: text.length - head.length - tail.length, tail } };
}

export const omissionNote = (omitted: number): string => `[… ${formatCount(omitted)} characters left out …]`;

/** A short field, say a name, in one string: head, count, tail. */
export function shortenName(text: string, longest = 400): string {
  if (text.length <= longest) return text;
  const head = text.slice(0, wholeCharacters(text, longest - 100));
  const tail = text.slice(wholeCharacters(text, text.length - 60));
  return `${head} ${omissionNote(text.length - head.length - tail.length)} ${tail}`;
}

/** Never cuts between the two halves of one character. */
function wholeCharacters(text: string, index: number): number {
  const unit = text.charCodeAt(index - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? index - 1 : index;
}
