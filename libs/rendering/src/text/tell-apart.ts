import { escapeOf } from './hidden-characters.ts';
import { shortenName } from './shorten-field.ts';
import { visibleText } from './visible-text.ts';

/**
 * Letters of other scripts that our fonts draw like Latin ones (a part of the confusables of Unicode TR 39). What
 * compatibility forms (full width, ligatures) look like, NFKC tells.
 */
const lookAlikes = new Map(
  Object.entries({
    а: 'a',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    ӏ: 'l',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    ѕ: 's',
    ԝ: 'w',
    х: 'x',
    у: 'y',
    А: 'A',
    В: 'B',
    С: 'C',
    Е: 'E',
    Н: 'H',
    І: 'I',
    Ј: 'J',
    К: 'K',
    М: 'M',
    О: 'O',
    Р: 'P',
    Ѕ: 'S',
    Т: 'T',
    Х: 'X',
    У: 'Y',
    Ζ: 'Z',
    Α: 'A',
    Β: 'B',
    Ε: 'E',
    Η: 'H',
    Ι: 'I',
    Κ: 'K',
    Μ: 'M',
    Ν: 'N',
    Ο: 'O',
    Ρ: 'P',
    Τ: 'T',
    Υ: 'Y',
    Χ: 'X',
    ο: 'o',
    ν: 'v',
    '‐': '-',
    '‑': '-',
    '–': '-',
    '−': '-',
    '’': "'",
    '‘': "'",
    '“': '"',
    '”': '"',
  }),
);

const plainAscii = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** What a reader sees of a name: spaces run together, look-alikes are one letter. */
function look(printed: string): string {
  const seen = Array.from(visibleText(printed), (character) => lookAlikes.get(character) ?? character).join('');
  return seen.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

/**
 * Distinct names of one list as they are printed, by name. Two that print alike show, as code points, the spaces and
 * letters in which they differ from plain ones; two that differ only in what is left out are numbered.
 */
export function tellApart(names: Iterable<string>, longest = 400): ReadonlyMap<string, string> {
  const printed = new Map<string, string>();
  const alike = new Map<string, string[]>();
  for (const name of names) {
    if (printed.has(name)) continue;
    const short = shortenName(name, longest);
    printed.set(name, short);
    const seen = plainAscii.test(short) ? short : look(short);
    const group = alike.get(seen);
    if (group) group.push(name);
    else alike.set(seen, [name]);
  }
  for (const group of alike.values()) if (group.length > 1) spellOut(group, longest, printed);
  return printed;
}

function spellOut(group: readonly string[], longest: number, printed: Map<string, string>): void {
  const used = new Map<string, number>();
  for (const name of [...group].sort()) {
    const spelled = shortenName(withCodePoints(name), longest);
    const before = used.get(spelled) ?? 0;
    used.set(spelled, before + 1);
    printed.set(name, before === 0 ? spelled : `${spelled} (${before + 1})`);
  }
}

/** Each space and letter that a reader would take for another stands as its code point. */
function withCodePoints(name: string): string {
  const characters = Array.from(name);
  return characters
    .map((character, index) => {
      const escape = escapeOf(character.codePointAt(0) ?? 0);
      if (/\s/.test(character)) {
        const [before, after] = [characters[index - 1], characters[index + 1]];
        const alone = character === ' ' && before !== undefined && after !== undefined && !/\s/.test(before);
        return alone && characters.slice(index + 1).some((one) => !/\s/.test(one)) ? character : escape;
      }
      const odd = lookAlikes.has(character) || /\p{M}/u.test(character) || character.normalize('NFKC') !== character;
      return odd ? escape : character;
    })
    .join('');
}
