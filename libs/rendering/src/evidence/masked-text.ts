import { maskedInWords } from '../model/plain-inline.ts';
import type { Span } from '../model/report-content.ts';

/** A text with passages withheld: only their length is kept. */
export type MaskedText = readonly (string | { readonly masked: number })[];

/** For one-line places: a withheld passage is named in brackets. */
export const asString = (text: MaskedText): string =>
  text.map((part) => (typeof part === 'string' ? part : maskedInWords(part.masked))).join('');

/** The text's own words, as spans; withheld passages become bars. */
export const asSpans = (text: MaskedText): Span[] =>
  text.map((part): Span => (typeof part === 'string' ? { text: part } : { text: '', masked: part.masked }));

export const maskedPassages = (text: MaskedText | null): number =>
  text === null ? 0 : text.filter((part) => typeof part !== 'string').length;

export const maskedCharacters = (text: MaskedText): number =>
  text.reduce((sum, part) => sum + (typeof part === 'string' ? 0 : part.masked), 0);

export const lengthOf = (text: MaskedText): number =>
  text.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : part.masked), 0);
