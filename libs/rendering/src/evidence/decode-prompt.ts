import { charactersOf } from '../text/characters-of.ts';
interface DecodedText {
  readonly caption: string;
  readonly text: string;
}

/** Longest prompt that is searched for encoded passages. */
const longestSearched = 200_000;

/** What deterministic decoders turn into text, where they do so whole: nothing is guessed, and no half of a text is shown. */
export function decodePrompt(prompt: string, transforms: readonly string[]): readonly DecodedText[] {
  const text = prompt.slice(0, longestSearched);
  const named = (pattern: RegExp): boolean => transforms.some((transform) => pattern.test(transform));
  const found: (DecodedText | null)[] = [
    tagCharacters(text),
    encodedTokens(text, /[A-Za-z0-9+/_-]{16,}={0,2}/g, 'What the base64 text says', fromBase64),
    encodedTokens(text, /(?:0x)?(?:[0-9a-fA-F]{2}[ :]?){8,}/g, 'What the hexadecimal text says', fromHex),
    encodedTokens(
      text,
      /(?<![\w.])[01](?:[01]|[\s,|/_-]+(?=[01])){15,}(?![\w.])/g,
      'What the binary text says',
      fromBinary,
    ),
    named(/rot_?13/i) ? fromRot13(text) : null,
    named(/morse/i) ? fromMorse(text) : null,
    named(/leet/i) ? fromLeet(text) : null,
  ];
  return found.filter((decoded) => decoded !== null && decoded.text.trim() !== '') as readonly DecodedText[];
}

/** Whether a transform's name promises something to decode. */
export const suggestsEncoding = (transforms: readonly string[]): boolean =>
  transforms.some((transform) =>
    /base_?64|rot_?13|hex|morse|leet|smuggl|tag_?char|encod|cipher|binary|ascii/i.test(transform),
  );

function tagCharacters(text: string): DecodedText | null {
  let spelled = '';
  for (const [character] of text.matchAll(/[\u{E0000}-\u{E007F}]/gu)) {
    const codePoint = (character.codePointAt(0) ?? 0) - 0xe0000;
    if (codePoint >= 0x20 && codePoint < 0x7f) spelled += String.fromCharCode(codePoint);
  }
  return spelled === '' ? null : { caption: 'What the invisible characters spell', text: spelled };
}

function encodedTokens(
  text: string,
  pattern: RegExp,
  caption: string,
  decode: (token: string) => string | null,
): DecodedText | null {
  const decoded: string[] = [];
  for (const [token] of text.matchAll(pattern)) {
    const plain = decode(token);
    if (plain !== null) decoded.push(plain);
  }
  return decoded.length === 0 ? null : { caption, text: decoded.join('\n') };
}

function fromBase64(token: string): string | null {
  // A word of plain letters is a word; encoded text mixes cases, digits or padding.
  if (!/[a-z]/.test(token) || !/[A-Z]/.test(token) || !/[0-9=+/]/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64');
  const again = bytes.toString('base64').replace(/=+$/, '');
  // Node reads what is no base64 as far as it can.
  return again === token.replace(/=+$/, '').replace(/-/g, '+').replace(/_/g, '/') ? readable(bytes) : null;
}

function fromHex(token: string): string | null {
  const digits = token.replace(/^0x/, '').replace(/[ :]/g, '');
  return digits.length % 2 === 0 && !/^\d+$/.test(digits) ? readable(Buffer.from(digits, 'hex')) : null;
}

/** Widths that encoders write characters in, the usual first. */
const groupWidths = [8, 7, 16, 32];

/** Groups of any width that `chr(int(group, 2))` reads, or one run of equal groups. A slash, a gap or a line parts words. */
function fromBinary(token: string): string | null {
  const words = token
    .split(/\s*\/\s*|\s{2,}|[\r\n]+/)
    .map((word) => word.split(/[^01]+/).filter((group) => group !== ''));
  const groups = words.flat();
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) {
    const read = groupWidths
      .filter((width) => only.length % width === 0)
      .map((width) => textOfGroups(only.match(new RegExp(`.{${width}}`, 'g')) ?? []));
    return read.find((text) => text !== null) ?? null;
  }
  if (groups.some((group) => group.length < 6 || group.length > 32)) return null;
  const spelled = words.filter((word) => word.length > 0).map(textOfGroups);
  return spelled.includes(null) ? null : readableText(spelled.join(' '));
}

function textOfGroups(groups: readonly string[]): string | null {
  const numbers = groups.map((group) => Number.parseInt(group, 2));
  const bytes = groups.every((group) => group.length === 8)
    ? readableText(Buffer.from(numbers).toString('utf8'), 1)
    : null;
  if (bytes !== null) return bytes;
  if (numbers.some((number) => number > 0x10ffff)) return null;
  return readableText(String.fromCodePoint(...numbers), 1);
}

/** Bytes that are text: valid UTF-8, hardly a control character, mostly letters and spaces. */
const readable = (bytes: Buffer): string | null => readableText(bytes.toString('utf8'));

function readableText(text: string, shortest = 4): string | null {
  const letters = text.match(/[\p{L}\p{M}\p{N}\p{Zs}.,:;!?'"()\n-]/gu)?.length ?? 0;
  const count = charactersOf(text).length;
  return count >= shortest && !/[\uFFFD\p{Cn}\p{Cs}]/u.test(text) && letters / count >= 0.9 ? text : null;
}

/** Lines that become more like written language by it; a line that was plain already stays out. */
function fromRot13(text: string): DecodedText | null {
  const lines = text.split('\n').flatMap((line) => {
    const turned = rot13(line);
    return commonLetters(turned) > commonLetters(line) ? [turned] : [];
  });
  return lines.length === 0 ? null : { caption: 'What the ROT13 text says', text: lines.join('\n') };
}

/** Of a thousand letters of English, from a to z; other languages in Latin script come near. */
const letterShares = [
  82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1,
] as const;

/** How much letters look like those of a language: the mean of their shares, as logarithms. */
function commonLetters(text: string): number {
  const letters = text.toLowerCase().match(/[a-z]/g) ?? [];
  const sum = letters.reduce((total, letter) => total + Math.log(letterShares[letter.charCodeAt(0) - 97] ?? 1), 0);
  return sum / Math.max(1, letters.length);
}

const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const leetParts = /[\s\-:/_.]+/;

/** Numbers that are words in a text of such signs. */
const numberWords: Readonly<Record<string, string>> = {
  '1': 'i',
  '4': 'a',
  '15': 'is',
  '17': 'it',
  '45': 'as',
  '47': 'at',
  '50': 'so',
  '70': 'to',
};

/** Words are read sign by sign. Where one keeps other signs the text is not decoded: half of it would say something else. */
function fromLeet(text: string): DecodedText | null {
  const words = text.split(/(\s+)/);
  const read = words.map((word) =>
    word
      .split(/([-:/_.]+)/)
      .map(readLeet)
      .join(''),
  );
  if (!read.every((word, at) => at % 2 === 1 || isWord(word)) || read.every((word, at) => word === words[at]))
    return null;
  const asI = text.split(leetParts).some((part) => /[a-z]/i.test(part) && part.includes('1'));
  const asWords = words.some((word, at) => !/[a-z]/i.test(word) && word !== read[at]);
  const note = `${asI ? ', 1 read as i' : ''}${asWords ? ', short numbers as words' : ''}`;
  return { caption: `What the leetspeak says${note}`, text: read.join('') };
}

function readLeet(part: string): string {
  if (!/[a-z]/i.test(part)) {
    const bare = part.replace(/[^\d]+$/, '');
    return Object.hasOwn(numberWords, bare) ? `${numberWords[bare] ?? ''}${part.slice(bare.length)}` : part;
  }
  return part.replace(/[013457@$!](?!$)|[013457@$](?=$)/g, (sign) => leet[sign] ?? sign);
}

/** A word, a mark or a number that stands for nothing else. */
function isWord(word: string): boolean {
  const bare = word.replace(/^[("'“‘[{]+|[)"'”’\]}.,;:!?…]+$/gu, '');
  return (
    bare === '' ||
    /^[\p{L}\p{M}]+(?:[-'’.:/_][\p{L}\p{M}\p{N}]+)*$/u.test(bare) ||
    /^[–—-]+$/u.test(bare) ||
    /^[€£#]?\d[\d.,:%/-]*$/.test(bare)
  );
}

const morse = new Map(
  Object.entries({
    a: '.-',
    b: '-...',
    c: '-.-.',
    d: '-..',
    e: '.',
    f: '..-.',
    g: '--.',
    h: '....',
    i: '..',
    j: '.---',
    k: '-.-',
    l: '.-..',
    m: '--',
    n: '-.',
    o: '---',
    p: '.--.',
    q: '--.-',
    r: '.-.',
    s: '...',
    t: '-',
    u: '..-',
    v: '...-',
    w: '.--',
    x: '-..-',
    y: '-.--',
    z: '--..',
    '0': '-----',
    '1': '.----',
    '2': '..---',
    '3': '...--',
    '4': '....-',
    '5': '.....',
    '6': '-....',
    '7': '--...',
    '8': '---..',
    '9': '----.',
    '.': '.-.-.-',
    ',': '--..--',
    '?': '..--..',
  }).map(([letter, code]) => [code, letter]),
);

function fromMorse(text: string): DecodedText | null {
  const passages = (text.match(/[.\-/ ]{12,}/g) ?? []).filter((passage) => /[.-]/.test(passage));
  const letters = passages.map((passage) =>
    passage
      .trim()
      .split(/\s*\/\s*|\s{2,}/)
      .map((word) => word.split(' ').map((code) => morse.get(code))),
  );
  if (passages.length === 0 || letters.flat(2).includes(undefined)) return null;
  const spelled = letters.map((words) => words.map((word) => word.join('')).join(' ')).join('\n');
  return { caption: 'What the Morse code says', text: spelled };
}
