import { charactersOf } from '../../text/characters-of.ts';
import { unbrokenParts } from '../../text/name-words.ts';
import type { TextLine } from '../../typesetting/styled-text.ts';
import type { Frame } from '../strips/frame.ts';
import { linesOf } from '../strips/text-strips.ts';

/** Most lines of a label. */
const mostLines = 2;
/** Characters kept of what differs between two names. */
const mostOfDifference = 24;

type Lines = (text: string) => readonly TextLine[];

/**
 * Names in a chart's label column: one line, else two, else the middle left out (the table has them whole). What is left out
 * is never all that tells two of them apart; where that cannot be, they are numbered.
 */
export function chartLabels(
  names: readonly string[],
  frame: Frame,
  width: number,
  bold = false,
): (readonly TextLine[])[] {
  const lines: Lines = (text) => linesOf([{ text }], 'chart', frame, width, bold);
  const fits = (text: string): boolean => lines(text).length <= mostLines;
  const distinct = [...new Set(names)];
  const texts = new Map(distinct.map((name) => [name, middleLeftOut(name, fits)]));
  for (const alike of groupsOf(distinct, texts))
    for (const name of alike) texts.set(name, differing(name, alike, fits));
  for (const alike of groupsOf(distinct, texts))
    alike.forEach((name, index) => texts.set(name, `${index + 1}) ${texts.get(name) ?? name}`));
  return names.map((name) => lines(texts.get(name) ?? name).slice(0, mostLines));
}

/** Names that print the same. */
function groupsOf(names: readonly string[], texts: ReadonlyMap<string, string>): string[][] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const text = texts.get(name) ?? name;
    groups.set(text, [...(groups.get(text) ?? []), name]);
  }
  return [...groups.values()].filter((alike) => alike.length > 1);
}

function middleLeftOut(name: string, fits: (text: string) => boolean): string {
  if (fits(name)) return name;
  const byLetters = lettersLeftOut(name, fits);
  const byWords = wordsLeftOut(name, fits);
  return byWords !== null && byWords.length >= wholeWordsFrom * byLetters.length ? byWords : byLetters;
}

/** Of what could be kept; with less, parts of words are kept as well. */
const wholeWordsFrom = 0.75;

function wordsLeftOut(name: string, fits: (text: string) => boolean): string | null {
  const parts = unbrokenParts(name);
  for (let kept = Math.min(parts.length - 1, 16); kept >= 2; kept--) {
    const head = parts.slice(0, Math.floor(kept / 2)).join('');
    const short = `${head.trimEnd()}…${parts.slice(-Math.ceil(kept / 2)).join('')}`;
    if (fits(short)) return short;
  }
  return null;
}

function lettersLeftOut(name: string, fits: (text: string) => boolean): string {
  const characters = charactersOf(name);
  for (let kept = Math.min(characters.length - 1, 80); kept > 4; kept -= 2) {
    const half = Math.ceil(kept / 2);
    const short = `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
    if (fits(short)) return short;
  }
  return name;
}

/** The part that the others have not, with as much of its surroundings as there is room for. */
function differing(name: string, alike: readonly string[], fits: (text: string) => boolean): string {
  const all = alike.map(charactersOf);
  const shortest = Math.min(...all.map((characters) => characters.length));
  const shared = (at: (characters: readonly string[], i: number) => string | undefined, most: number): number => {
    let count = 0;
    while (count < most && all.every((one) => at(one, count) === at(all[0] ?? [], count))) count++;
    return count;
  };
  const before = shared((characters, i) => characters[i], shortest);
  const after = shared((characters, i) => characters.at(-1 - i), shortest - before);
  const characters = charactersOf(name);
  const core = characters
    .slice(before, characters.length - after)
    .slice(0, mostOfDifference)
    .join('');
  const whole = characters.length - after - before <= mostOfDifference;
  for (const [head, tail] of [
    [8, after],
    [4, after],
    [0, after],
    [8, 6],
    [4, 6],
    [4, 0],
    [0, 0],
  ] as const) {
    const start = before <= head ? characters.slice(0, before).join('') : `${characters.slice(0, head).join('')}…`;
    const rest = after <= tail && whole ? '' : '…';
    const end = tail === 0 || after === 0 ? '' : characters.slice(-Math.min(tail, after)).join('');
    const short = `${start}${core}${rest}${end}`;
    if (fits(short)) return short;
  }
  return middleLeftOut(name, fits);
}
