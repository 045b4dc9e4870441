import { withoutSpans } from './mask-secrets.ts';
import type { MaskedText } from './masked-text.ts';

/** So many words in a row that stand in a withheld text as well are a quotation of it. */
const quotedWords = 4;
/** A withheld text of fewer words is quoted when all of them stand there, unless it says next to nothing. */
const fewestLetters = 6;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Scripts that put no space between words are read sign by sign. */
const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}])+/gu;
/** Order numbers, names of machines, codes: one of them alone gives the answer away. */
const codes = /[\p{L}\p{N}][\p{L}\p{N}._@/-]{0,200}/gu;
const fewestOfCode = 4;

const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(words), ({ 0: word, index }) => ({
    text: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));

const trimmed = (code: string): string => code.replace(/[._@/-]+$/, '').toLowerCase();
const isCode = (code: string): boolean => code.length >= fewestOfCode && /\p{N}/u.test(code);

/** What a withheld text would be recognised by. The cost grows with the length of the texts alone. */
export class WithheldQuotes {
  readonly #runs = new Map<number, Set<string>>();
  readonly #codes = new Set<string>();

  constructor(withheld: readonly string[]) {
    for (const text of withheld) {
      const found = wordsOf(text);
      const letters = found.reduce((sum, word) => sum + word.text.length, 0);
      const length = Math.min(quotedWords, found.length);
      if (length === quotedWords || letters >= fewestLetters) this.#note(found, length);
      for (const [code] of text.matchAll(codes)) if (isCode(trimmed(code))) this.#codes.add(trimmed(code));
    }
  }

  /** The text without what it repeats of the withheld ones. */
  mask(text: MaskedText): MaskedText {
    return text.flatMap((part) => (typeof part === 'string' ? withoutSpans(part, this.#spans(part)) : [part]));
  }

  #note(found: readonly Word[], length: number): void {
    if (length === 0) return;
    const runs = this.#runs.get(length) ?? new Set<string>();
    this.#runs.set(length, runs);
    for (let i = 0; i + length <= found.length; i++) runs.add(runAt(found, i, length));
  }

  #spans(text: string): [number, number][] {
    const spans: [number, number][] = [];
    const found = wordsOf(text);
    for (const [length, runs] of this.#runs) {
      for (let i = 0; i + length <= found.length; i++) {
        const [first, last] = [found[i], found[i + length - 1]];
        if (first && last && runs.has(runAt(found, i, length))) spans.push([first.start, last.end]);
      }
    }
    for (const { 0: code, index } of text.matchAll(codes)) {
      const known = trimmed(code);
      if (this.#codes.has(known)) spans.push([index, index + known.length]);
    }
    return spans;
  }
}

function runAt(found: readonly Word[], from: number, length: number): string {
  let run = '';
  for (let i = from; i < from + length; i++) run += `${found[i]?.text ?? ''} `;
  return run;
}
