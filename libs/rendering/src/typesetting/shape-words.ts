import type { FaceName } from '../fonts/font-files.ts';
import { type ShapedScript, shapedScripts } from '../fonts/shaped-scripts.ts';
import { continuesCluster, type ShapedCluster, shapingFace } from '../fonts/shaping-face.ts';

/** A word whose letters join or move, in clusters in reading order. */
export interface ShapedWord {
  readonly text: string;
  readonly face: FaceName;
  readonly script: ShapedScript;
  readonly clusters: readonly ShapedCluster[];
}

type WordPiece =
  { readonly kind: 'shaped'; readonly word: ShapedWord } | { readonly kind: 'hidden'; readonly codePoint: number };

/** More marks on one letter serve to cover the lines above and below. */
const mostMarks = 4;
const mark = /^\p{M}/u;

/** Words of a run of one script. What its face does not draw, and marks without a letter to sit on, are left to be printed as code points. */
export function shapeWords(text: string, script: ShapedScript, bold: boolean): readonly WordPiece[] {
  const name = bold ? shapedScripts[script].boldFace : shapedScripts[script].face;
  const font = shapingFace(name);
  const pieces: WordPiece[] = [];
  let run = '';
  let marks = 0;
  const endRun = (): void => {
    if (run !== '') pieces.push(...wordsOf(run, script, name));
    run = '';
  };
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    marks = mark.test(character) ? marks + 1 : 0;
    if (!font.covers(codePoint) || (marks > 0 && (run === '' || marks > mostMarks))) {
      endRun();
      pieces.push({ kind: 'hidden', codePoint });
    } else run += character;
  }
  endRun();
  return pieces;
}

const hiddenPieces = (text: string): WordPiece[] =>
  Array.from(text, (character) => ({ kind: 'hidden', codePoint: character.codePointAt(0) ?? 0 }));

function wordsOf(run: string, script: ShapedScript, face: FaceName): WordPiece[] {
  return split(run, script).flatMap((text) => {
    const word = shapedWord(text, script, face);
    return word ? [{ kind: 'shaped' as const, word }] : hiddenPieces(text);
  });
}

/** Digits run from left to right within every script, so they are words of their own. */
const numbersApart =
  /(?:[\u0660-\u0669\u066B\u066C\u06F0-\u06F9]\p{M}*)+|(?:(?![\u0660-\u0669\u066B\u066C\u06F0-\u06F9]).)+/gsu;
const number = /^[\u0660-\u0669\u066B\u066C\u06F0-\u06F9]/;
/** Thai puts no space between words: a dictionary tells where lines may break. */
const thaiWords = new Intl.Segmenter('th', { granularity: 'word' });

function split(run: string, script: ShapedScript): readonly string[] {
  const words =
    script === 'Thai'
      ? Array.from(thaiWords.segment(run), ({ segment }) => segment)
      : script === 'Arabic'
        ? (run.match(numbersApart) ?? [])
        : [run];
  return words.flatMap((word) => (word.length <= longestWord ? [word] : chunks(word)));
}

/** No word is as long; what is longer is shaped in parts, so that its cost grows with its length alone. */
const longestWord = 200;

function chunks(word: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part.length >= longestWord && !continuesCluster(character)) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** Words come again and again; those of a hostile text need not be kept. */
const mostKept = 10_000;
const kept = new Map<string, ShapedWord | null>();

function shapedWord(text: string, script: ShapedScript, face: FaceName): ShapedWord | null {
  const key = `${face} ${text}`;
  let word = kept.get(key);
  if (word === undefined) {
    const { tag, rightToLeft } = shapedScripts[script];
    const clusters = shapingFace(face).shape(text, tag, rightToLeft && !number.test(text));
    word = clusters && { text, face, script, clusters };
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, word);
  }
  return word;
}
