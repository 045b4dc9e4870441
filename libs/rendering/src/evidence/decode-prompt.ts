import { charactersOf } from '../text/characters-of.ts';
interface DecodedText {
  readonly caption: string;
  readonly text: string;
}

/** Longest prompt that is searched for encoded passages. */
const longestSearched = 200_000;

/** What deterministic decoders turn into text; nothing is guessed. */
export function decodePrompt(prompt: string, transforms: readonly string[]): readonly DecodedText[] {
  const text = prompt.slice(0, longestSearched);
  const named = (pattern: RegExp): boolean => transforms.some((transform) => pattern.test(transform));
  const found: (DecodedText | null)[] = [
    tagCharacters(text),
    encodedTokens(text, /[A-Za-z0-9+/_-]{16,}={0,2}/g, 'What the base64 text says', fromBase64),
    encodedTokens(text, /(?:0x)?(?:[0-9a-fA-F]{2}[ :]?){8,}/g, 'What the hexadecimal text says', fromHex),
    named(/rot_?13/i) ? { caption: 'What the ROT13 text says', text: rot13(text) } : null,
    named(/morse/i) ? fromMorse(text) : null,
    named(/leet/i) ? { caption: 'What the leetspeak says', text: fromLeet(text) } : null,
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
  return readable(Buffer.from(token, 'base64'));
}

function fromHex(token: string): string | null {
  const digits = token.replace(/^0x/, '').replace(/[ :]/g, '');
  return digits.length % 2 === 0 && !/^\d+$/.test(digits) ? readable(Buffer.from(digits, 'hex')) : null;
}

/** Bytes that are text: valid UTF-8, hardly a control character, mostly letters and spaces. */
function readable(bytes: Buffer): string | null {
  const text = bytes.toString('utf8');
  const letters = text.match(/[\p{L}\p{N}\p{Zs}.,:;!?'"\n-]/gu)?.length ?? 0;
  return text.length >= 4 && !text.includes('\uFFFD') && letters / charactersOf(text).length >= 0.9 ? text : null;
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

/** Only inside words: a number stays a number. */
const fromLeet = (text: string): string =>
  text.replace(/\S*[a-z]\S*/gi, (word) =>
    word.replace(/[013457@$!](?!$)|[013457@$](?=$)/g, (sign) => leet[sign] ?? sign),
  );

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
  const passages = text.match(/[.\-/ ]{12,}/g) ?? [];
  const words = passages.map((passage) =>
    passage
      .trim()
      .split(/\s*\/\s*|\s{2,}/)
      .map((word) =>
        word
          .split(' ')
          .map((code) => morse.get(code) ?? '')
          .join(''),
      )
      .join(' '),
  );
  const spelled = words.join('\n').trim();
  return spelled === '' ? null : { caption: 'What the Morse code says', text: spelled };
}
