/** Characters that print nothing or steer what is printed: controls, formats, surrogates, private, unassigned, fillers, selectors. */
export const hiddenClass =
  '\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\u{E0100}-\\u{E01EF}';
const hidden = new RegExp(`[${hiddenClass}]`, 'u');

/** Scripts that stand code point by code point, from left to right. All others need shaping or reordering first. */
const unshaped =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Cherokee}\p{Script=Common}\p{Script=Inherited}]/u;

/** Blocks written from right to left, whose commas and marks count as common to all scripts. */
const rightToLeft = (codePoint: number): boolean =>
  (codePoint >= 0x0590 && codePoint <= 0x08ff) ||
  (codePoint >= 0xfb1d && codePoint <= 0xfdff) ||
  (codePoint >= 0xfe70 && codePoint <= 0xfeff) ||
  (codePoint >= 0x10800 && codePoint <= 0x10fff) ||
  (codePoint >= 0x1e800 && codePoint <= 0x1efff);

type CharacterKind = 'plain' | 'hidden' | 'shaped';

/** Nearly all text: what {@link characterKind} calls plain without a look at Unicode. */
const plainText = /^[\t\n\x20-\x7E]*$/;
export const isPlain = (text: string): boolean => plainText.test(text);

const known = new Map<number, CharacterKind>();

/** `hidden` and `shaped` characters are printed as their code point. */
export function characterKind(character: string, codePoint: number): CharacterKind {
  if (codePoint >= 0x20 && codePoint < 0x7f) return 'plain';
  if (codePoint === 0x0a || codePoint === 0x09) return 'plain';
  let kind = known.get(codePoint);
  if (kind === undefined) {
    if (hidden.test(character)) kind = 'hidden';
    else kind = unshaped.test(character) && !rightToLeft(codePoint) ? 'plain' : 'shaped';
    known.set(codePoint, kind);
  }
  return kind;
}

/** `\u{E0041}`, the visible form of a character that does not print. */
export const escapeOf = (codePoint: number): string => `\\u{${codePoint.toString(16).toUpperCase()}}`;
