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

export const omissionNote = (omitted: number): string =>
  `[… ${formatCount(omitted)} ${omitted === 1 ? 'character' : 'characters'} left out …]`;

/** The note takes about this many characters. */
const noteLength = 40;
/** From this limit on the end of a name is kept as well: what tells names apart often stands there. */
const tailFrom = 160;
const nameTail = 60;

/** A short field, say a name, in one string of about `longest` characters at most: its start, what was left out, its end. */
export function shortenName(text: string, longest = 400): string {
  if (text.length <= longest) return text;
  const kept = longest < tailFrom ? 0 : nameTail;
  const head = text.slice(0, wholeCharacters(text, Math.max(longest - kept - noteLength, Math.floor(longest / 2))));
  const tail = kept === 0 ? '' : text.slice(wholeCharacters(text, text.length - kept));
  return `${head} ${omissionNote(text.length - head.length - tail.length)}${tail === '' ? '' : ` ${tail}`}`;
}

/** Never cuts between the two halves of one character. */
function wholeCharacters(text: string, index: number): number {
  const unit = text.charCodeAt(index - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? index - 1 : index;
}
